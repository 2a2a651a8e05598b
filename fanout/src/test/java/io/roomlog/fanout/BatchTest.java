package io.roomlog.fanout;

import static io.roomlog.fanout.StreamRecords.message;
import static io.roomlog.fanout.StreamRecords.recordOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchTest {

  @Test
  void aRecordWithoutAnImageIsReportedAndTheOthersAreKept() {
    Batch batch =
        Batch.of(
            List.of(
                recordOf(1, null),
                recordOf(2, Map.of("room", new AttributeValue())),
                message(3, "lobby", 1, Instant.EPOCH, "a")),
            _ -> false);
    assertThat(batch.unreadable()).containsExactly("1", "2");
    assertThat(batch.rooms())
        .singleElement()
        .satisfies(room -> assertThat(room.sequenceNumbers()).containsExactly("3"));
  }
}
