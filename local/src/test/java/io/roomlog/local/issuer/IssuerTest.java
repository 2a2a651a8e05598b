package io.roomlog.local.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final HttpClient http = HttpClient.newHttpClient();
  private Issuer issuer;

  @BeforeEach
  void start() throws IOException {
    issuer = Issuer.start(0, () -> NOW);
  }

  @AfterEach
  void close() {
    issuer.close();
    http.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(issuer.name() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aTokenHasWhatWasAskedForAndIsSignedWithThePublishedKey() throws Exception {
    SignedJWT token =
        SignedJWT.parse(
            get("/token?sub=ann&name=Ann%20B&rooms=lobby,team-*&rooms_read=news&minutes=5").body());
    ECKey key =
        JWKSet.parse(get("/.well-known/jwks.json").body())
            .getKeyByKeyId(token.getHeader().getKeyID())
            .toECKey();
    assertThat(key.isPrivate()).isFalse();
    assertThat(token.verify(new ECDSAVerifier(key))).isTrue();
    var claims = token.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo(issuer.name().toString());
    assertThat(claims.getAudience()).containsExactly("roomlog");
    assertThat(claims.getSubject()).isEqualTo("ann");
    assertThat(claims.getClaim("name")).isEqualTo("Ann B");
    assertThat(claims.getClaim("rooms")).isEqualTo(List.of("lobby", "team-*"));
    assertThat(claims.getClaim("rooms_read")).isEqualTo(List.of("news"));
    assertThat(claims.getExpirationTime()).isEqualTo(Date.from(NOW.plusSeconds(300)));
  }

  @Test
  void aTokenMayEndInSecondsOrHaveEnded() throws Exception {
    SignedJWT token = SignedJWT.parse(get("/token?sub=ann&seconds=-57").body());
    assertThat(token.getJWTClaimsSet().getExpirationTime())
        .isEqualTo(Date.from(NOW.minusSeconds(57)));
  }

  @ParameterizedTest
  @CsvSource({
    "/token,sub is missing",
    "/token?name=ann,sub is missing",
    "/token?sub=ann&room=lobby,there is no parameter room",
    "/token?sub=ann&minutes=soon,minutes is not a whole number",
    "/token?sub=ann&seconds=1000001,seconds is not a whole number from -1000000 to 1000000"
  })
  void whatMakesNoSenseIsNamed(String path, String reason) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith(reason);
  }

  @Test
  void itPublishesNoPrivateKey() throws Exception {
    assertThat(get("/.well-known/jwks.json").body()).doesNotContain("\"d\"");
  }

  @Test
  void aPageThatWasLedHereUnderAnotherNameGetsNothing() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), issuer.name().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /token?sub=ann HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 403");
    }
  }
}
