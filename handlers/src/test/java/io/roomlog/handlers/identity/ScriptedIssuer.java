package io.roomlog.handlers.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An issuer of tokens, whose key server on loopback answers what a test tells it to. */
public final class ScriptedIssuer implements AutoCloseable {

  public static final String NAME = "https://issuer.example";
  public static final String AUDIENCE = "roomlog";
  public static final RSAKey RSA = rsa("rsa-1");
  public static final ECKey EC = ec("ec-1");

  private final InstantSource clock;
  private final HttpServer server;
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile int status = 200;
  private volatile String body;

  public ScriptedIssuer(InstantSource clock) {
    this.clock = clock;
    this.body = keys(RSA, EC);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2_048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static ECKey ec(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String keys(JWK... keys) {
    return new JWKSet(List.of(keys)).toPublicJWKSet().toString();
  }

  private void answer(HttpExchange exchange) throws IOException {
    fetches.incrementAndGet();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Publishes these keys from now on. */
  void publishes(JWK... keys) {
    answers(200, keys(keys));
  }

  /** Answers with that from now on. */
  void answers(int newStatus, String newBody) {
    status = newStatus;
    body = newBody;
  }

  /** How often its keys were fetched. */
  int fetches() {
    return fetches.get();
  }

  URL address() {
    try {
      return URI.create("http://localhost:" + server.getAddress().getPort() + "/keys").toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What verifies its tokens. */
  public Tokens tokens() {
    return new SignedTokens(NAME, AUDIENCE, new IssuerKeys(address(), clock), clock);
  }

  /** Claims that let Ann in for an hour. */
  JWTClaimsSet.Builder ann() {
    return new JWTClaimsSet.Builder()
        .issuer(NAME)
        .audience(AUDIENCE)
        .subject("ann")
        .claim("name", "Ann")
        .expirationTime(Date.from(clock.instant().plus(Duration.ofHours(1))));
  }

  /** A token for Ann with something changed. */
  public String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    return signed(change.apply(ann()).build(), RSA, header(RSA));
  }

  static JWSHeader header(JWK key) {
    JWSAlgorithm algorithm = key instanceof ECKey ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256;
    return new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build();
  }

  /** A token signed with a key, whatever its header says. */
  static String signed(JWTClaimsSet claims, JWK key, JWSHeader header) {
    try {
      JWSSigner signer =
          key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner((RSAKey) key);
      SignedJWT token = new SignedJWT(header, claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
