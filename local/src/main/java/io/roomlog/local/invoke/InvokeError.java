package io.roomlog.local.invoke;

/**
 * What Lambda refuses an invocation with (docs.aws.amazon.com/lambda/latest/api/API_Invoke.html).
 *
 * @param status the status
 * @param type by which an SDK chooses the exception
 * @param message for whoever reads it
 */
record InvokeError(int status, String type, String message) {

  static InvokeError notFound(String arn) {
    return new InvokeError(404, "ResourceNotFoundException", "Function not found: " + arn);
  }

  static InvokeError notJson() {
    return new InvokeError(
        400, "InvalidRequestContentException", "Could not parse request body into json");
  }

  static InvokeError tooLarge(int bytesMax) {
    return new InvokeError(
        413,
        "RequestTooLargeException",
        "Request must be smaller than %d bytes for the InvokeFunction operation"
            .formatted(bytesMax));
  }

  static InvokeError unknownType() {
    return new InvokeError(
        400,
        "InvalidParameterValueException",
        "X-Amz-Invocation-Type is not one of RequestResponse, Event, DryRun");
  }

  static InvokeError unsigned() {
    return new InvokeError(
        403, "MissingAuthenticationTokenException", "Missing Authentication Token");
  }

  static InvokeError denied(String message) {
    return new InvokeError(403, "AccessDeniedException", message);
  }

  static InvokeError forbidden() {
    return new InvokeError(403, "ForbiddenException", "Forbidden");
  }

  static InvokeError ended() {
    return new InvokeError(500, "ServiceException", "the run is ending");
  }
}
