package io.roomlog.handlers;

/**
 * An authorizer that throws exactly this text answers the handshake with 401; with any other, 500
 * (docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html).
 */
final class Unauthorized extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Unauthorized() {
    super("Unauthorized", null, false, false);
  }
}
