package io.roomlog.local.template;

import io.roomlog.local.deployment.ArnPattern;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may invoke which function: the {@code AWS::Lambda::Permission}s
 * (docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html).
 */
final class Permissions {
  static final String TYPE = "AWS::Lambda::Permission";

  private static final String GATEWAY = "apigateway.amazonaws.com";
  private static final List<String> ACTIONS = List.of("lambda:InvokeFunction", "lambda:*", "*");

  private final Stack stack;
  private final Findings findings;
  private final FunctionNames functions;

  Permissions(Stack stack, Findings findings) {
    this.stack = stack;
    this.findings = findings;
    this.functions = new FunctionNames(stack);
  }

  /** Tells the permissions that name no function. */
  void check() {
    for (Stack.Sound permission : stack.ofType(TYPE)) {
      String name = permission.properties().required("FunctionName");
      if (functions.find(name).isEmpty() && !stack.isUnsound(name)) {
        String what = "FunctionName is " + name + ", no function of this template";
        findings.add(
            permission.line("FunctionName"), permission.logicalId(), what, "write !Ref Function");
      }
    }
  }

  /**
   * Tells when API Gateway may not invoke a function.
   *
   * @param caller the route or authorizer that invokes it
   * @param source the ARN from which the gateway invokes it
   * @param mend what {@code SourceArn} to write
   */
  void need(Stack.Sound caller, FunctionNames.Named function, String source, String mend) {
    if (stack.hasUnsound(TYPE) || ofGateway(function).anyMatch(each -> covers(each, source))) {
      return;
    }
    Optional<Stack.Sound> other = ofGateway(function).findFirst();
    String instead =
        other
            .map(each -> each.logicalId() + " allows " + sourceArn(each).orElse("*") + " only")
            .orElse("no " + TYPE + " allows it");
    String what =
        "API Gateway may not invoke " + function.label() + " from " + source + ": " + instead;
    String add = other.isPresent() ? "write" : "add an " + TYPE + " with";
    findings.add(
        caller.declared().line(), caller.logicalId(), what, add + " SourceArn: !Sub " + mend);
  }

  private Stream<Stack.Sound> ofGateway(FunctionNames.Named function) {
    return stack.ofType(TYPE).stream()
        .filter(each -> each.properties().required("Principal").equals(GATEWAY))
        .filter(each -> ACTIONS.contains(each.properties().required("Action")))
        .filter(
            each ->
                functions
                    .find(each.properties().required("FunctionName"))
                    .filter(named -> named.arn().equals(function.arn()))
                    .isPresent());
  }

  private static boolean covers(Stack.Sound permission, String source) {
    boolean fromAccount =
        permission
            .properties()
            .text("SourceAccount")
            .map(account -> source.contains(":" + account + ":"))
            .orElse(true);
    return fromAccount
        && sourceArn(permission).map(arn -> new ArnPattern(arn).matches(source)).orElse(true);
  }

  private static Optional<String> sourceArn(Stack.Sound permission) {
    return permission.properties().text("SourceArn");
  }
}
