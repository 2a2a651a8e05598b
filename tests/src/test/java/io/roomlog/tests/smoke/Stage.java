package io.roomlog.tests.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomlog.tests.world.Client;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A deployment in which one scenario plays, in rooms that nobody else is in. */
final class Stage implements AutoCloseable {

  private final URI address;
  private final Optional<String> token;
  private final String prefix;
  private final List<Client> clients = new ArrayList<>();

  /**
   * Makes room.
   *
   * @param address where clients connect, without a query
   * @param token a token for a deployment that wants one
   */
  Stage(URI address, Optional<String> token, RandomGenerator random) {
    this.address = address;
    this.token = token;
    this.prefix = "smoke-%016x".formatted(random.nextLong());
  }

  /** A room of this scenario. */
  String room(String name) {
    return prefix + "-" + name;
  }

  /** A key that no other client has. */
  String key(String name) {
    return prefix + "-" + name;
  }

  /** Where a client with that query connects. */
  URI at(String query) {
    String credentials =
        token.map(text -> "&token=" + URLEncoder.encode(text, StandardCharsets.UTF_8)).orElse("");
    return URI.create(address + "?" + query + credentials);
  }

  /** Connects a client that knows nothing of positions. */
  Client plain(String room, String name) {
    return kept(Client.connect(at("room=" + room + "&name=" + name + "&client=" + key(name))));
  }

  /** Connects a client that speaks {@code roomlog.v1}, and waits until its room answers. */
  Client roomlog(String room, String name) {
    return kept(
        Client.connect(
            at("room=" + room + "&name=" + name + "&client=" + key(name)), "roomlog.v1"));
  }

  private Client kept(Client client) {
    clients.add(client);
    return client;
  }

  /**
   * Asks, and takes no error for an answer.
   *
   * @param fields of the frame, without its braces
   */
  static JsonNode ask(Client client, String action, String fields) {
    JsonNode answer = client.ask(action, fields);
    check(!answer.path("type").asText().equals("error"), action + " is answered", answer);
    return answer;
  }

  /** Fails unless something holds. */
  static void check(boolean holds, String what, Object seen) {
    if (!holds) {
      throw new AssertionError("not so: " + what + "; seen: " + seen);
    }
  }

  @Override
  public void close() {
    clients.forEach(Client::close);
  }
}
