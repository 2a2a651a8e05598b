package io.roomlog.local.template;

import io.roomlog.local.deployment.Api;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a route with its integration, its authorizer and whether it answers. */
final class RouteReader {
  static final String INTEGRATION = "AWS::ApiGatewayV2::Integration";
  static final String AUTHORIZER = "AWS::ApiGatewayV2::Authorizer";
  static final String RESPONSE = "AWS::ApiGatewayV2::RouteResponse";

  private static final String TARGET = "integrations/";

  private final Stack stack;
  private final Findings findings;

  RouteReader(Stack stack, Findings findings) {
    this.stack = stack;
    this.findings = findings;
  }

  Optional<Api.Route> read(Stack.Sound route) {
    return integration(route)
        .flatMap(integration -> function(integration, "IntegrationUri"))
        .map(
            function ->
                new Api.Route(
                    route.properties().required("RouteKey"),
                    function.function().logicalId(),
                    authorizer(route),
                    isTwoWay(route)));
  }

  private Optional<Stack.Sound> integration(Stack.Sound route) {
    String target = route.properties().required("Target");
    String id = target.startsWith(TARGET) ? target.substring(TARGET.length()) : target;
    Optional<Stack.Sound> integration =
        stack.find(INTEGRATION, each -> each.identity().ref().equals(id));
    if (integration.isEmpty() && !stack.isUnsound(id)) {
      String what = "Target is " + target + ", no integration of this template";
      findings.add(
          route.line("Target"), route.logicalId(), what, "!Sub integrations/${Integration}");
    }
    return integration;
  }

  private Optional<FunctionNames.Named> function(Stack.Sound resource, String property) {
    String uri = resource.properties().required(property);
    Optional<String> name = FunctionNames.ofInvocation(uri);
    Optional<FunctionNames.Named> function = name.flatMap(new FunctionNames(stack)::find);
    if (function.isEmpty() && name.filter(stack::isUnsound).isEmpty()) {
      String what = property + " is " + uri + ", no function of this template";
      String mend =
          "!Sub arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
              + "${Function.Arn}/invocations";
      findings.add(resource.line(property), resource.logicalId(), what, mend);
    }
    return function;
  }

  private @Nullable String authorizer(Stack.Sound route) {
    return route
        .properties()
        .text("AuthorizerId")
        .flatMap(id -> stack.find(AUTHORIZER, each -> each.identity().ref().equals(id)))
        .flatMap(authorizer -> function(authorizer, "AuthorizerUri"))
        .map(named -> named.function().logicalId())
        .orElse(null);
  }

  private boolean isTwoWay(Stack.Sound route) {
    return route.properties().has("RouteResponseSelectionExpression")
        && stack
            .find(
                RESPONSE,
                each -> each.properties().required("RouteId").equals(route.identity().ref()))
            .isPresent();
  }
}
