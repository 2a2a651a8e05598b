package io.roomlog.handlers;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;

/** What a route's function gives back to the gateway. */
final class Answers {

  static final int OK = 200;

  private Answers() {}

  static APIGatewayV2WebSocketResponse ok() {
    return status(OK);
  }

  static APIGatewayV2WebSocketResponse status(int status) {
    APIGatewayV2WebSocketResponse response = new APIGatewayV2WebSocketResponse();
    response.setStatusCode(status);
    return response;
  }
}
