package io.roomlog.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.roomlog.core.testing.ManualClock;
import io.roomlog.core.wire.Json;
import io.roomlog.handlers.identity.KeysUnavailable;
import io.roomlog.handlers.identity.Origins;
import io.roomlog.handlers.identity.ScriptedIssuer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthorizerTest {

  private static final String ARN =
      "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/Prod/$connect";

  private final ManualClock clock = new ManualClock();
  private final ScriptedIssuer issuer = new ScriptedIssuer(clock);
  private final Authorizer authorizer = new Authorizer(Origins.ANY, issuer.tokens());

  @AfterEach
  void close() {
    issuer.close();
  }

  private static IamPolicyResponse ask(
      Authorizer authorizer, Map<String, String> headers, Map<String, String> query) {
    return authorizer.handleRequest(
        APIGatewayCustomAuthorizerEvent.builder()
            .withMethodArn(ARN)
            .withHeaders(headers)
            .withQueryStringParameters(query)
            .build(),
        null);
  }

  private IamPolicyResponse ask(Map<String, String> query, String token) {
    Map<String, String> all = new HashMap<>(query);
    all.put("token", token);
    return ask(authorizer, Map.of(), all);
  }

  @SuppressWarnings("unchecked")
  private static String effect(IamPolicyResponse response) {
    Map<String, Object>[] statements =
        Objects.requireNonNull(
            (Map<String, Object>[]) response.getPolicyDocument().get("Statement"));
    return String.valueOf(statements[0].get("Effect"));
  }

  private void isUnauthorized(Map<String, String> headers, Map<String, String> query) {
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> ask(authorizer, headers, query))
        .withMessage("Unauthorized");
  }

  @Test
  void aTokenSaysWhoAConnectionIsWhateverTheQuerySays() {
    var response =
        ask(
            Map.of("name", "root", "client", "k1", "sender", "root", "room", "team-1"),
            issuer.token(claims -> claims.claim("rooms", List.of("team-*", "lobby"))));
    assertThat(effect(response)).isEqualTo("Allow");
    assertThat(response.getPrincipalId()).isEqualTo("ann");
    assertThat(response.getContext())
        .containsEntry("mode", "token")
        .containsEntry("sender", "ann")
        .containsEntry("name", "Ann")
        .containsEntry("room", "team-1")
        .containsEntry("rooms", "team-* lobby")
        .containsEntry("tokenEnd", clock.instant().plusSeconds(3_660).getEpochSecond())
        .doesNotContainKeys("client", "role");
  }

  @Test
  void aTokenIsTakenFromEachPlaceAndNotEchoed() {
    String token = issuer.token(claims -> claims);
    for (Map<String, String> headers :
        List.of(
            Map.of("authorization", "Bearer " + token),
            Map.of("Sec-WebSocket-Protocol", "roomlog.v1, bearer." + token))) {
      var response = ask(authorizer, headers, Map.of());
      assertThat(effect(response)).isEqualTo("Allow");
      assertThat(response.getContext().toString()).doesNotContain(token);
    }
  }

  @Test
  void withoutATokenItIsUnauthorized() {
    isUnauthorized(Map.of(), Map.of());
    isUnauthorized(Map.of(), Map.of("name", "ann", "token", ""));
    isUnauthorized(Map.of("Authorization", "Basic YW5uOmFubg=="), Map.of());
  }

  @Test
  void withTwoDifferentTokensItIsUnauthorized() {
    isUnauthorized(
        Map.of("Authorization", "Bearer " + issuer.token(claims -> claims.subject("bob"))),
        Map.of("token", issuer.token(claims -> claims)));
  }

  @Test
  void aStrangerLearnsNothingAboutARequestThatIsMalformedToo() {
    isUnauthorized(Map.of("Sec-WebSocket-Protocol", "chat"), Map.of("room", "a b"));
  }

  @Test
  void aMalformedRequestWithATokenCarriesNoIdentity() {
    var response = ask(Map.of("room", "a b"), issuer.token(claims -> claims));
    assertThat(response.getContext()).isEmpty();
  }

  @Test
  void aRoomWithoutARightIsDeniedThoughOthersAreGranted() {
    String token = issuer.token(claims -> claims.claim("rooms", List.of("lobby", "team-*")));
    for (String rooms : List.of("secret", "lobby,secret", "team", "LOBBY", "lobby,team-1,x")) {
      var response = ask(Map.of("room", rooms), token);
      assertThat(effect(response)).as(rooms).isEqualTo("Deny");
      assertThat(response.getContext()).isNull();
    }
    assertThat(effect(ask(Map.of("room", "team-"), token))).isEqualTo("Allow");
  }

  @Test
  void theDefaultRoomNeedsARightLikeAnyOther() {
    String token = issuer.token(claims -> claims.claim("rooms", List.of("team-1")));
    assertThat(effect(ask(Map.of(), token))).isEqualTo("Deny");
  }

  @Test
  void aReadOnlyRoomMayBeJoined() {
    String token = issuer.token(claims -> claims.claim("rooms_read", List.of("news")));
    var response = ask(Map.of("room", "news"), token);
    assertThat(effect(response)).isEqualTo("Allow");
    assertThat(response.getContext()).containsEntry("rooms", "?news");
  }

  @Test
  void aForeignOriginIsDeniedEvenWithATokenAndOursIsNot() {
    Authorizer strict = new Authorizer(Origins.of("https://chat.example"), issuer.tokens());
    Map<String, String> query = Map.of("token", issuer.token(claims -> claims));
    assertThat(effect(ask(strict, Map.of("origin", "https://evil.example"), query)))
        .isEqualTo("Deny");
    assertThat(effect(ask(strict, Map.of("Origin", "https://chat.example"), query)))
        .isEqualTo("Allow");
    assertThat(effect(ask(strict, Map.of(), query))).as("no browser").isEqualTo("Allow");
  }

  @Test
  void aForeignOriginIsDeniedToAnonymousClientsToo() {
    Authorizer strict = new Authorizer(Origins.of("https://chat.example"), null);
    assertThat(effect(ask(strict, Map.of("Origin", "null"), Map.of()))).isEqualTo("Deny");
  }

  @Test
  void anIssuerThatDoesNotAnswerIsNoFaultOfTheClient() {
    String token = issuer.token(claims -> claims);
    issuer.close();
    assertThatExceptionOfType(KeysUnavailable.class)
        .isThrownBy(() -> ask(Map.of(), token))
        .withMessageNotContaining("Unauthorized");
  }

  @Test
  void theAnswerToTheLargestTokenFitsInto8Kilobytes() throws Exception {
    List<String> rooms =
        IntStream.range(0, 64).mapToObj(i -> "%02d".formatted(i) + "x".repeat(61)).toList();
    String token =
        issuer.token(
            claims ->
                claims
                    .subject("\"".repeat(128))
                    .claim("name", "\"".repeat(128))
                    .claim("role", "moderator")
                    .claim("rooms", rooms));
    var response = ask(Map.of("room", rooms.getFirst()), token);
    assertThat(effect(response)).isEqualTo("Allow");
    assertThat(Json.bytes(new JsonMapper().writeValueAsString(response))).isLessThan(8 * 1_024);
  }

  @Test
  void anAnonymousDeploymentLooksAtNoToken() {
    var response =
        ask(Authorizer.anonymous(), Map.of(), Map.of("name", "bob", "token", "whatever"));
    assertThat(response.getContext())
        .containsEntry("mode", "anonymous")
        .containsEntry("sender", "bob")
        .doesNotContainKey("rooms");
  }
}
