package io.roomlog.local.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Issues tokens under a key of its own, which is new with each start, and publishes that key as
 * issuers do. It listens on loopback only, and answers no web page that was led here under another
 * name.
 */
public final class Issuer implements AutoCloseable {

  /** The audience of its tokens. */
  public static final String AUDIENCE = "roomlog";

  private static final String KEYS = "/.well-known/jwks.json";
  private static final String TOKEN = "/token";
  private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

  private final HttpServer server;
  private final InstantSource clock;
  private final ECKey key;

  private Issuer(HttpServer server, InstantSource clock, ECKey key) {
    this.server = server;
    this.clock = clock;
    this.key = key;
  }

  /**
   * Starts one.
   *
   * @param port where it listens on loopback; 0 for any free port
   * @throws IOException if it cannot listen there
   */
  public static Issuer start(int port, InstantSource clock) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    Issuer issuer = new Issuer(server, clock, newKey());
    server.createContext("/", issuer::answer);
    server.start();
    return issuer;
  }

  private static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("this JDK has no P-256", e);
    }
  }

  /** Its name, which is its address: what stands in the claim {@code iss}. */
  public URI name() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /**
   * A token, signed with ES256.
   *
   * @param claims by name; issuer and audience are its own unless they are given
   */
  public String token(Map<String, Object> claims) {
    JWTClaimsSet.Builder all =
        new JWTClaimsSet.Builder().issuer(name().toString()).audience(AUDIENCE);
    claims.forEach(all::claim);
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), all.build());
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("the key does not sign", e);
    }
    return token.serialize();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case String _ when !isLocal(exchange) -> send(exchange, 403, "text/plain", "Forbidden\n");
        case KEYS -> send(exchange, 200, "application/json", new JWKSet(key).toString());
        case TOKEN -> sendToken(exchange);
        default ->
            send(exchange, 404, "text/plain", "There are %s and %s\n".formatted(KEYS, TOKEN));
      }
    }
  }

  /** A page of another site whose name was made to lead here has a {@code Host} of its own. */
  private static boolean isLocal(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host"))
        .map(host -> host.replaceFirst(":[0-9]+$", "").toLowerCase(Locale.ROOT))
        .filter(HOSTS::contains)
        .isPresent();
  }

  private void sendToken(HttpExchange exchange) throws IOException {
    try {
      Map<String, Object> claims =
          TokenRequest.claims(exchange.getRequestURI().getRawQuery(), clock.instant());
      send(exchange, 200, "text/plain", token(claims));
    } catch (IllegalArgumentException wrong) {
      send(exchange, 400, "text/plain", wrong.getMessage() + "\n");
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
