package io.roomlog.local.template;

import io.roomlog.local.deployment.Api;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the WebSocket API with its stage and routes. */
final class ApiReader {
  static final String TYPE = "AWS::ApiGatewayV2::Api";
  static final String STAGE = "AWS::ApiGatewayV2::Stage";
  static final String ROUTE = "AWS::ApiGatewayV2::Route";

  private final Stack stack;
  private final Findings findings;

  ApiReader(Stack stack, Findings findings) {
    this.stack = stack;
    this.findings = findings;
  }

  /** The API; nothing where there is not exactly one with one stage (which is told). */
  Optional<Api> read() {
    return only(TYPE, "API").flatMap(api -> only(STAGE, "stage").map(stage -> api(api, stage)));
  }

  private Api api(Stack.Sound api, Stack.Sound stage) {
    Map<String, Api.Route> routes = new LinkedHashMap<>();
    RouteReader reader = new RouteReader(stack, findings);
    for (Stack.Sound resource : stack.ofType(ROUTE)) {
      reader.read(resource).ifPresent(route -> routes.put(route.key(), route));
    }
    return new Api(
        api.identity().ref(),
        stage.identity().ref(),
        api.properties().required("RouteSelectionExpression"),
        routes);
  }

  private Optional<Stack.Sound> only(String type, String name) {
    List<Stack.Sound> all = stack.ofType(type);
    if (all.size() > 1) {
      Stack.Sound second = all.get(1);
      String what = "a second " + name + " beside " + all.getFirst().logicalId();
      findings.add(second.declared().line(), second.logicalId(), what, "keep one of them");
    }
    if (all.isEmpty() && findings.count() == 0) {
      findings.add(1, ResourceSection.SECTION, "no " + type, "add one");
    }
    return all.stream().findFirst();
  }
}
