package io.roomlog.local.gateway;

/**
 * The errors that the gateway answers over HTTP, with the {@code x-amzn-ErrorType} by which an SDK
 * chooses the exception (service model apigatewaymanagementapi-2018-11-29).
 */
enum ApiError {
  BAD_REQUEST(400, "BadRequestException"),
  FORBIDDEN(403, "ForbiddenException"),
  INCOMPLETE_SIGNATURE(403, "IncompleteSignatureException"),
  MISSING_AUTHENTICATION_TOKEN(403, "MissingAuthenticationTokenException"),
  GONE(410, "GoneException"),
  PAYLOAD_TOO_LARGE(413, "PayloadTooLargeException"),
  URI_TOO_LONG(414, "RequestURITooLongException"),
  UPGRADE_REQUIRED(426, "UpgradeRequiredException"),
  LIMIT_EXCEEDED(429, "LimitExceededException"),
  INTERNAL(500, "InternalServerErrorException"),
  SERVICE_UNAVAILABLE(503, "ServiceUnavailableException");

  private final int status;
  private final String type;

  ApiError(int status, String type) {
    this.status = status;
    this.type = type;
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }
}
