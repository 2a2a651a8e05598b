package io.roomlog.local.template;

/**
 * Which routes answer. A route is two-way with a response and a selection expression; with one of
 * them alone it deploys, and silently answers nobody
 * (docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html).
 */
final class RouteResponses {
  static final String TYPE = "AWS::ApiGatewayV2::RouteResponse";

  private static final String SELECTION = "RouteResponseSelectionExpression";

  private final Stack stack;
  private final Findings findings;

  RouteResponses(Stack stack, Findings findings) {
    this.stack = stack;
    this.findings = findings;
  }

  /** Tells the responses of routes that there are not. */
  void check() {
    for (Stack.Sound response : stack.ofType(TYPE)) {
      String id = response.properties().required("RouteId");
      boolean hasRoute =
          stack.find(ApiReader.ROUTE, route -> route.identity().ref().equals(id)).isPresent();
      if (!hasRoute && !stack.isUnsound(id)) {
        String what = "RouteId is " + id + ", no route of this template";
        findings.add(response.line("RouteId"), response.logicalId(), what, "write !Ref Route");
      }
    }
  }

  boolean isTwoWay(Stack.Sound route) {
    boolean selects = route.properties().has(SELECTION);
    boolean responds =
        stack
            .find(
                TYPE, each -> each.properties().required("RouteId").equals(route.identity().ref()))
            .isPresent();
    if (selects && !responds && !stack.hasUnsound(TYPE)) {
      String what = SELECTION + " without an " + TYPE + ", so it answers nobody";
      findings.add(route.line(SELECTION), route.logicalId(), what, "add one with $default");
    }
    if (responds && !selects) {
      String what = "an " + TYPE + " without " + SELECTION + ", so it answers nobody";
      findings.add(
          route.declared().line(), route.logicalId(), what, "add " + SELECTION + ": $default");
    }
    return selects && responds;
  }
}
