package io.roomlog.local.functions;

import io.roomlog.local.deployment.Function;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A function's environment: the template's variables and those that Lambda adds
 * (docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html), of which a function on one
 * machine has a use.
 */
final class FunctionVariables {
  private final Endpoints endpoints;
  private final String region;

  FunctionVariables(Endpoints endpoints, String region) {
    this.endpoints = endpoints;
    this.region = region;
  }

  Map<String, String> of(Role role) {
    Function function = role.function();
    Credentials credentials = role.credentials();
    Map<String, String> variables = new LinkedHashMap<>(function.environment());
    variables.put("AWS_REGION", region);
    variables.put("AWS_DEFAULT_REGION", region);
    variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMiB()));
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", InvocationContext.VERSION);
    variables.put("_HANDLER", function.handler());
    variables.put("LANG", "en_US.UTF-8");
    variables.put("TZ", ":UTC");
    variables.put("AWS_ACCESS_KEY_ID", credentials.accessKeyId());
    variables.put("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey());
    variables.put("AWS_SESSION_TOKEN", credentials.sessionToken());
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", endpoints.dynamoDb().toString());
    variables.put("AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI", endpoints.connections().toString());
    variables.put("AWS_ENDPOINT_URL_SQS", endpoints.sqs().toString());
    return Map.copyOf(variables);
  }
}
