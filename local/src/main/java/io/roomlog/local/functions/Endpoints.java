package io.roomlog.local.functions;

import java.net.URI;

/**
 * Where the AWS SDK of a function sends its calls instead of to AWS
 * (docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
 *
 * @param dynamoDb DynamoDB
 * @param connections the {@code @connections} API with its stage, e.g. {@code
 *     http://localhost:3001/Prod}
 * @param sqs SQS
 */
public record Endpoints(URI dynamoDb, URI connections, URI sqs) {}
