package io.roomlog.fanout;

import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;

/**
 * The answer to Lambda. It starts again at the lowest sequence number reported, with everything
 * behind it, so that one is all it needs
 * (docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
 */
final class Checkpoint {

  private Checkpoint() {}

  /**
   * Reports what was not handled.
   *
   * @param failed the sequence numbers of all records not handled, in any order
   */
  static StreamsEventResponse of(List<String> failed) {
    return new StreamsEventResponse(
        failed.stream()
            // Up to 40 digits, and not all of the same length.
            .min(Comparator.comparing(BigInteger::new))
            .map(lowest -> List.of(new BatchItemFailure(lowest)))
            .orElse(List.of()));
  }
}
