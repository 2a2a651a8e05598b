package io.roomlog.local.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import io.roomlog.local.deployment.Function;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.NullUnmarked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a function is told about one of its invocations. Of no use on one machine, and null as for
 * most invocations on Lambda, are the Cognito identity and the mobile client's context.
 */
final class InvocationContext implements Context {
  static final String VERSION = "$LATEST";

  private static final Logger FUNCTION_OUTPUT = LoggerFactory.getLogger("function");

  private final Function function;
  private final String requestId;
  private final String environmentId;
  private final Instant deadline;
  private final InstantSource clock;

  InvocationContext(
      Function function, String requestId, String environmentId, InstantSource clock) {
    this.function = function;
    this.requestId = requestId;
    this.environmentId = environmentId;
    this.clock = clock;
    this.deadline = clock.instant().plus(function.timeout());
  }

  @Override
  public String getAwsRequestId() {
    return requestId;
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/" + function.name();
  }

  @Override
  public String getLogStreamName() {
    return environmentId;
  }

  @Override
  public String getFunctionName() {
    return function.name();
  }

  @Override
  public String getFunctionVersion() {
    return VERSION;
  }

  @Override
  public String getInvokedFunctionArn() {
    return function.arn();
  }

  @Override
  @NullUnmarked
  public CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  @NullUnmarked
  public ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return (int) Math.max(0, Duration.between(clock.instant(), deadline).toMillis());
  }

  @Override
  public int getMemoryLimitInMB() {
    return function.memoryMiB();
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        FUNCTION_OUTPUT
            .atInfo()
            .addKeyValue("function", function.logicalId())
            .addKeyValue("requestId", requestId)
            .addKeyValue("text", message.strip())
            .log("function_output");
      }

      @Override
      public void log(byte[] message) {
        log(new String(message, UTF_8));
      }
    };
  }
}
