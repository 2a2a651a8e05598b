package io.roomlog.tests.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Clients that each leave out one of the rules, to show that the rule is needed. */
public final class CarelessClients {

  private static final Duration HARDLY_EVER = Duration.ofDays(3_650);

  private CarelessClients() {}

  /** Never asks for the heads. */
  public static RoomlogClient withoutSync(RandomGenerator random) {
    return new RoomlogClient(random, UnaryOperator.identity(), HARDLY_EVER);
  }

  /** Shows what follows a gap before the gap is closed. */
  public static RoomlogClient withoutHoldingBack(RandomGenerator random) {
    return new RoomlogClient(random, Impatient::new, RoomlogClient.SYNC_EVERY);
  }

  private static final class Impatient extends Sequence {

    Impatient(Sequence proper) {
      super(proper);
    }

    @Override
    List<JsonNode> take(JsonNode entry) {
      long position = entry.path("position").longValue();
      return hasBegun() && position > last() + 1 ? List.of(entry) : super.take(entry);
    }
  }
}
