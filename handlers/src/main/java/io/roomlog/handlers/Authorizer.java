package io.roomlog.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import io.roomlog.core.membership.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says who a new connection is. Anonymous mode: whoever it says it is.
 *
 * <p>A malformed request is let through to {@link Connect}, which refuses it with 400: an
 * authorizer can only say 401 or 403, and neither is true of it.
 */
public final class Authorizer
    implements RequestHandler<APIGatewayCustomAuthorizerEvent, IamPolicyResponse> {

  /** For Lambda. */
  public Authorizer() {}

  /**
   * For everybody else.
   *
   * @param environment the function's variables; anonymous mode reads none
   */
  public Authorizer(Map<String, String> environment) {
    this();
  }

  @Override
  public IamPolicyResponse handleRequest(
      APIGatewayCustomAuthorizerEvent event, @Nullable Context context) {
    Optional<Dialect> dialect = Subprotocols.dialect(event.getHeaders());
    return switch (ConnectRequest.parse(event.getQueryStringParameters())) {
      case ConnectRequest.Accepted request when dialect.isPresent() ->
          allow(
              event.getMethodArn(),
              request.name(),
              Identity.anonymousContext(request, dialect.get()));
      case ConnectRequest _ -> allow(event.getMethodArn(), ConnectRequest.DEFAULT_NAME, Map.of());
    };
  }

  private static IamPolicyResponse allow(
      String methodArn, String principal, Map<String, Object> identity) {
    return IamPolicyResponse.builder()
        .withPrincipalId(principal)
        .withPolicyDocument(
            IamPolicyResponse.PolicyDocument.builder()
                .withVersion(IamPolicyResponse.VERSION_2012_10_17)
                .withStatement(List.of(IamPolicyResponse.allowStatement(methodArn)))
                .build())
        .withContext(identity)
        .build();
  }
}
