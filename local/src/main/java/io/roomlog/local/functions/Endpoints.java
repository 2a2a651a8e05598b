package io.roomlog.local.functions;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the AWS SDK of a function sends its calls instead of to AWS
 * (docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
 *
 * @param dynamoDb DynamoDB
 * @param connections the {@code @connections} API with its stage, e.g. {@code
 *     http://localhost:3001/Prod}
 * @param sqs SQS, or null where the deployment has nobody who sends to a queue
 */
public record Endpoints(URI dynamoDb, URI connections, @Nullable URI sqs) {}
