package io.roomlog.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import io.roomlog.core.RoomName;
import io.roomlog.core.membership.Dialect;
import io.roomlog.core.metrics.Metric;
import io.roomlog.core.metrics.Metrics;
import io.roomlog.handlers.identity.AccessSettings;
import io.roomlog.handlers.identity.Headers;
import io.roomlog.handlers.identity.Identity;
import io.roomlog.handlers.identity.OfferedToken;
import io.roomlog.handlers.identity.Origins;
import io.roomlog.handlers.identity.Subject;
import io.roomlog.handlers.identity.TokenRefused;
import io.roomlog.handlers.identity.Tokens;
import io.roomlog.handlers.identity.Verb;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who a new connection is. Anonymous mode: whoever it says it is. Token mode: whom its token
 * names.
 *
 * <p>A malformed request is let through to {@link Connect}, which refuses it with 400: an
 * authorizer can only say 401 or 403, and neither is true of it. It carries no identity then, and
 * without one no route does anything. With tokens, who has none is told nothing but that.
 */
public final class Authorizer
    implements RequestHandler<APIGatewayCustomAuthorizerEvent, IamPolicyResponse> {

  private static final Logger log = LoggerFactory.getLogger(Authorizer.class);

  private final Origins origins;
  private final @Nullable Tokens tokens;
  private final Metrics metrics;

  /** For Lambda. */
  public Authorizer() {
    this(Wiring.environment());
    Wiring.prime(rehearsing -> Rehearsals.authorize(new Authorizer(rehearsing)));
  }

  /** For everybody else. */
  public Authorizer(Map<String, String> environment) {
    this(AccessSettings.of(environment), Wiring.metrics(environment));
  }

  private Authorizer(AccessSettings settings, Metrics metrics) {
    this(settings.origins(), Wiring.tokens(settings), metrics);
  }

  /**
   * For some web pages and for tokens, and nobody measures it.
   *
   * @param tokens verifies them, or null for anonymous mode
   */
  public Authorizer(Origins origins, @Nullable Tokens tokens) {
    this(origins, tokens, Metrics.none());
  }

  private Authorizer(Origins origins, @Nullable Tokens tokens, Metrics metrics) {
    this.origins = origins;
    this.tokens = tokens;
    this.metrics = metrics;
  }

  /** For everybody, under any name. */
  public static Authorizer anonymous() {
    return new Authorizer(Origins.ANY, null);
  }

  @Override
  public IamPolicyResponse handleRequest(
      APIGatewayCustomAuthorizerEvent event, @Nullable Context context) {
    try {
      return answer(event);
    } finally {
      metrics.flush();
    }
  }

  private IamPolicyResponse answer(APIGatewayCustomAuthorizerEvent event) {
    if (!origins.allow(Headers.find(event.getHeaders(), Origins.HEADER))) {
      return deny(event, "the origin is none of those that are allowed");
    }
    Optional<Subject> subject = subject(event);
    Optional<Dialect> dialect = Subprotocols.dialect(event.getHeaders());
    return switch (ConnectRequest.parse(event.getQueryStringParameters())) {
      case ConnectRequest.Accepted request when dialect.isPresent() ->
          subject
              .map(one -> withToken(event, one, request, dialect.get()))
              .orElseGet(() -> anonymous(event, request, dialect.get()));
      case ConnectRequest _ -> allow(event, ConnectRequest.DEFAULT_NAME, Map.of());
    };
  }

  private Optional<Subject> subject(APIGatewayCustomAuthorizerEvent event) {
    if (tokens == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          tokens.verify(OfferedToken.of(event.getHeaders(), event.getQueryStringParameters())));
    } catch (TokenRefused refused) {
      metrics.count(Metric.AUTHORIZER_REFUSALS);
      metrics.count(Metric.TOKENS_REFUSED);
      log.atWarn().addKeyValue("reason", refused.reason()).log("token_refused");
      throw new Unauthorized();
    }
  }

  private static IamPolicyResponse anonymous(
      APIGatewayCustomAuthorizerEvent event, ConnectRequest.Accepted request, Dialect dialect) {
    return allow(
        event,
        request.name(),
        Identity.anonymousContext(
            request.name(), request.rooms().getFirst(), request.client(), dialect));
  }

  private IamPolicyResponse withToken(
      APIGatewayCustomAuthorizerEvent event,
      Subject subject,
      ConnectRequest.Accepted request,
      Dialect dialect) {
    for (RoomName room : request.rooms()) {
      if (!subject.rights().allows(room, Verb.JOIN)) {
        return deny(event, "the token gives no right to a room that is named");
      }
    }
    return allow(
        event,
        subject.sender(),
        Identity.tokenContext(subject, request.rooms().getFirst(), dialect));
  }

  private IamPolicyResponse deny(APIGatewayCustomAuthorizerEvent event, String reason) {
    metrics.count(Metric.AUTHORIZER_REFUSALS);
    log.atWarn().addKeyValue("reason", reason).log("connect_denied");
    return policy(
            ConnectRequest.DEFAULT_NAME, IamPolicyResponse.denyStatement(event.getMethodArn()))
        .build();
  }

  private static IamPolicyResponse allow(
      APIGatewayCustomAuthorizerEvent event, String principal, Map<String, Object> identity) {
    return policy(principal, IamPolicyResponse.allowStatement(event.getMethodArn()))
        .withContext(identity)
        .build();
  }

  private static IamPolicyResponse.IamPolicyResponseBuilder policy(
      String principal, IamPolicyResponse.Statement statement) {
    return IamPolicyResponse.builder()
        .withPrincipalId(principal)
        .withPolicyDocument(
            IamPolicyResponse.PolicyDocument.builder()
                .withVersion(IamPolicyResponse.VERSION_2012_10_17)
                .withStatement(List.of(statement))
                .build());
  }
}
