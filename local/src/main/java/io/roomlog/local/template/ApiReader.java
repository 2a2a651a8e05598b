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
  static final String DEPLOYMENT = "AWS::ApiGatewayV2::Deployment";

  private static final List<String> PARTS =
      List.of(
          STAGE,
          ROUTE,
          DEPLOYMENT,
          RouteReader.INTEGRATION,
          RouteReader.AUTHORIZER,
          RouteResponses.TYPE);

  private static final String RATE = "ThrottlingRateLimit";
  private static final String BURST = "ThrottlingBurstLimit";

  /** A new account's quotas (docs.aws.amazon.com/apigateway/latest/developerguide/limits.html). */
  private static final double ACCOUNT_RATE = 10_000;

  private static final int ACCOUNT_BURST = 5_000;

  /** A path into the frame, or a text with such paths in braces. */
  private static final String SELECTION =
      "\\$request\\.body(\\.[A-Za-z0-9_-]+)+|[^$]*(\\$\\{request\\.body(\\.[A-Za-z0-9_-]+)+}[^$]*)+";

  private final Stack stack;
  private final Findings findings;

  ApiReader(Stack stack, Findings findings) {
    this.stack = stack;
    this.findings = findings;
  }

  /** The API; nothing where there is not exactly one with one stage (which is told). */
  Optional<Api> read() {
    Optional<Stack.Sound> api = only(TYPE, "API");
    if (api.isEmpty()) {
      return Optional.empty();
    }
    Optional<Stack.Sound> stage = only(STAGE, "stage");
    api.ifPresent(this::check);
    stage.ifPresent(this::checkDeployment);
    return api.flatMap(one -> stage.map(its -> api(one, its)));
  }

  private Api api(Stack.Sound api, Stack.Sound stage) {
    Map<String, Api.Route> routes = new LinkedHashMap<>();
    RouteReader reader = new RouteReader(stack, api, stage, findings);
    for (Stack.Sound resource : stack.ofType(ROUTE)) {
      reader.read(resource).ifPresent(route -> add(routes, resource, route));
    }
    return new Api(
        api.identity().ref(),
        stage.identity().ref(),
        api.properties().required("RouteSelectionExpression"),
        routes,
        throttling(stage).orElse(null));
  }

  /** Of a rate without a burst, or the other way round, AWS fills in the account's. */
  private Optional<Api.Throttling> throttling(Stack.Sound stage) {
    Properties settings = stage.properties().under("DefaultRouteSettings");
    if (!settings.has(RATE) && !settings.has(BURST)) {
      return Optional.empty();
    }
    double perSecond = settings.text(RATE).map(Double::valueOf).orElse(ACCOUNT_RATE);
    if (perSecond < 0) {
      findings.add(
          settings.line(RATE), stage.logicalId(), RATE + " is " + perSecond, "write 0 or more");
    }
    return Optional.of(new Api.Throttling(perSecond, settings.number(BURST, ACCOUNT_BURST)));
  }

  private void add(Map<String, Api.Route> routes, Stack.Sound resource, Api.Route route) {
    if (routes.put(route.key(), route) != null) {
      String what = "a second route " + route.key();
      findings.add(
          resource.line("RouteKey"), resource.logicalId(), what, "one route a key: remove one");
    }
  }

  private void check(Stack.Sound api) {
    String selection = api.properties().required("RouteSelectionExpression");
    if (!selection.matches(SELECTION)) {
      String what = "RouteSelectionExpression is " + selection;
      findings.add(
          api.line("RouteSelectionExpression"),
          api.logicalId(),
          what,
          "write $request.body.NAME, e.g. $request.body.action");
    }
    for (String type : PARTS) {
      for (Stack.Sound part : stack.ofType(type)) {
        String id = part.properties().required("ApiId");
        if (!id.equals(api.identity().ref()) && !stack.isUnsound(id)) {
          String what = "ApiId is " + id + ", not " + api.logicalId();
          findings.add(part.line("ApiId"), part.logicalId(), what, "write !Ref " + api.logicalId());
        }
      }
    }
  }

  /** What is deployed by hand must be there before (it is not renewed afterwards either). */
  private void checkDeployment(Stack.Sound stage) {
    if (stage.properties().truth("AutoDeploy")) {
      return;
    }
    Optional<Stack.Sound> deployment =
        stage
            .properties()
            .text("DeploymentId")
            .flatMap(id -> stack.find(DEPLOYMENT, each -> each.identity().ref().equals(id)));
    if (deployment.isEmpty()) {
      String what = "neither AutoDeploy nor a DeploymentId of this template";
      findings.add(stage.declared().line(), stage.logicalId(), what, "add AutoDeploy: true");
      return;
    }
    List<String> named =
        deployment.get().declared().dependsOn().stream().map(Node.Scalar::text).toList();
    for (Stack.Sound route : stack.ofType(ROUTE)) {
      if (!named.contains(route.logicalId())) {
        String what = "the deployment may be made before " + route.logicalId() + ", without it";
        findings.add(
            deployment.get().declared().line(),
            deployment.get().logicalId(),
            what,
            "name every route in DependsOn, or use AutoDeploy: true");
      }
    }
  }

  private Optional<Stack.Sound> only(String type, String name) {
    List<Stack.Sound> all = stack.ofType(type);
    if (all.size() > 1) {
      Stack.Sound second = all.get(1);
      String what = "a second " + name + " beside " + all.getFirst().logicalId();
      findings.add(second.declared().line(), second.logicalId(), what, "keep one of them");
    }
    if (all.isEmpty() && !stack.hasUnsound(type)) {
      int line = findings.lineOf(ResourceSection.SECTION);
      findings.add(line, ResourceSection.SECTION, "there is no " + type, "add one");
    }
    return all.stream().findFirst();
  }
}
