package io.roomlog.local.template;

import io.roomlog.local.deployment.Api;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a route with its integration and its authorizer. */
final class RouteReader {
  static final String INTEGRATION = "AWS::ApiGatewayV2::Integration";
  static final String AUTHORIZER = "AWS::ApiGatewayV2::Authorizer";

  private static final String TARGET = "integrations/";
  private static final String CONNECT = "$connect";
  private static final List<String> OWN_KEYS = List.of(CONNECT, "$disconnect", "$default");
  private static final String SOURCE =
      "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:";

  private final Stack stack;
  private final Stack.Sound api;
  private final Stack.Sound stage;
  private final Findings findings;
  private final Permissions permissions;
  private final RouteResponses responses;

  RouteReader(Stack stack, Stack.Sound api, Stack.Sound stage, Findings findings) {
    this.stack = stack;
    this.api = api;
    this.stage = stage;
    this.findings = findings;
    this.permissions = new Permissions(stack, findings);
    this.responses = new RouteResponses(stack, findings);
    permissions.check();
    responses.check();
  }

  Optional<Api.Route> read(Stack.Sound route) {
    String key = route.properties().required("RouteKey");
    checkKey(route, key);
    String authorizer = authorizer(route, key);
    boolean twoWay = responses.isTwoWay(route);
    return integration(route)
        .flatMap(integration -> function(integration, "IntegrationUri"))
        .map(
            function -> {
              String path = "/" + stage.identity().ref() + "/" + key;
              permissions.need(route, function, source(path), mend("/*/" + key));
              return new Api.Route(key, function.function().logicalId(), authorizer, twoWay);
            });
  }

  private String source(String path) {
    return Substitution.replace(
        SOURCE + api.identity().ref() + path,
        variable -> PseudoParameters.value(variable).orElseThrow());
  }

  private String mend(String path) {
    return SOURCE + "${" + api.logicalId() + "}" + path;
  }

  private void checkKey(Stack.Sound route, String key) {
    if (key.startsWith("$") && !OWN_KEYS.contains(key)) {
      String what = "RouteKey is " + key + "; API Gateway takes no other key that begins with $";
      findings.addUnknown(
          route.line("RouteKey"), route.logicalId(), what, key, OWN_KEYS, "one of " + OWN_KEYS);
    }
  }

  private Optional<Stack.Sound> integration(Stack.Sound route) {
    String target = route.properties().required("Target");
    String id = target.startsWith(TARGET) ? target.substring(TARGET.length()) : "";
    Optional<Stack.Sound> integration =
        stack.find(INTEGRATION, each -> each.identity().ref().equals(id));
    if (integration.isEmpty() && !stack.isUnsound(id)) {
      String what = "Target is " + target + ", no integration of this template";
      tell(route, "Target", what, "write !Sub integrations/${Integration}");
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
          "write !Sub"
              + " arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
              + "${Function.Arn}/invocations";
      tell(resource, property, what, mend);
    }
    return function;
  }

  /** The logical id of the function that authorizes a route, or null where none does. */
  private @Nullable String authorizer(Stack.Sound route, String key) {
    boolean isCustom =
        route.properties().text("AuthorizationType").filter("CUSTOM"::equals).isPresent();
    Optional<String> id = route.properties().text("AuthorizerId");
    if (isCustom != id.isPresent()) {
      String what = isCustom ? "CUSTOM without AuthorizerId" : "AuthorizerId without CUSTOM";
      tell(route, "AuthorizationType", what, "write both or neither");
    }
    if (isCustom && !key.equals(CONNECT)) {
      String what = "AuthorizationType CUSTOM on the route " + key;
      tell(route, "AuthorizationType", what, "authorize on $connect: its context goes to all");
    }
    return id.flatMap(text -> authorizerFunction(route, text)).orElse(null);
  }

  private Optional<String> authorizerFunction(Stack.Sound route, String id) {
    Optional<Stack.Sound> authorizer =
        stack.find(AUTHORIZER, each -> each.identity().ref().equals(id));
    if (authorizer.isEmpty() && !stack.isUnsound(id)) {
      String what = "AuthorizerId is " + id + ", no authorizer of this template";
      tell(route, "AuthorizerId", what, "write !Ref Authorizer");
    }
    return authorizer.flatMap(
        found ->
            function(found, "AuthorizerUri")
                .map(
                    function -> {
                      String path = "/authorizers/" + id;
                      String mend = mend("/authorizers/${" + found.logicalId() + "}");
                      permissions.need(found, function, source(path), mend);
                      return function.function().logicalId();
                    }));
  }

  private void tell(Stack.Sound resource, String property, String what, String mend) {
    findings.add(resource.line(property), resource.logicalId(), what, mend);
  }
}
