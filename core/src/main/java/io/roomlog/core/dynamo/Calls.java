package io.roomlog.core.dynamo;

import io.roomlog.core.StorageUnavailable;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Calls DynamoDB, and makes one exception of everything that the caller cannot decide. */
final class Calls {

  private Calls() {}

  /**
   * Calls.
   *
   * @param what the call and the table, for whoever reads the error
   * @throws StorageUnavailable if it failed in another way than by a condition or a transaction in
   *     conflict
   */
  static <T> T calling(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (ConditionalCheckFailedException
        | TransactionCanceledException
        | TransactionConflictException decided) {
      throw decided;
    } catch (SdkException e) {
      throw new StorageUnavailable(what, reason(e), e);
    }
  }

  private static String reason(SdkException e) {
    return e instanceof AwsServiceException answered && answered.awsErrorDetails() != null
        ? answered.awsErrorDetails().errorCode()
        : e.getClass().getSimpleName();
  }
}
