package io.roomlog.tests.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.Pause;
import io.roomlog.core.RoomName;
import io.roomlog.core.log.Author;
import io.roomlog.core.log.Draft;
import io.roomlog.core.log.RoomLog;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A room with a history of 10,000 messages; the page's tests and measurements know its name. */
public final class LongRoom {
  private static final RoomName NAME = new RoomName("long");
  private static final int MESSAGES = 10_000;

  private LongRoom() {}

  /** Writes it side by side, so that it does not take half a minute. */
  public static void fill(World world) {
    RoomLog log =
        new RoomLog(world.log(), InstantSource.system(), new SecureRandom(), Pause.real());
    IntStream.range(0, MESSAGES / RoomLog.DRAFTS_MAX).parallel().forEach(i -> append(log, i));
    assertThat(log.head(NAME).head()).isEqualTo(MESSAGES);
  }

  private static void append(RoomLog log, int batch) {
    try {
      log.append(NAME, author(batch), drafts(batch));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while filling " + NAME, e);
    }
  }

  private static Author author(int batch) {
    String name = List.of("ann", "bob", "cem", "dörte").get(batch % 4);
    return new Author(name, name, name);
  }

  private static List<Draft> drafts(int batch) {
    return Stream.iterate(0, i -> i + 1)
        .limit(RoomLog.DRAFTS_MAX)
        .map(i -> new Draft(null, "\"" + text(batch * RoomLog.DRAFTS_MAX + i) + "\""))
        .toList();
  }

  /** From one word to a few lines, so that rows have different heights. */
  private static String text(int number) {
    return "Message %d. ".formatted(number) + "And so on, and so forth. ".repeat(number * 7 % 13);
  }
}
