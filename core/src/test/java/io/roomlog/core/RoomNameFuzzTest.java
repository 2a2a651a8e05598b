package io.roomlog.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.roomlog.core.testing.Fuzz;
import io.roomlog.core.testing.HostileText;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a client calls a room: it is a name or it is refused, and nothing in between. */
class RoomNameFuzzTest {

  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-";

  private static String name(Random random) {
    StringBuilder name = new StringBuilder();
    for (int i = random.nextInt(random.nextInt(4) == 0 ? 140 : 12); i > 0; i--) {
      name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    if (random.nextBoolean()) {
      name.insert(random.nextInt(name.length() + 1), HostileText.any(random));
    }
    return name.toString();
  }

  @Test
  void aNameIsTakenAsItIsOrRefused() {
    Fuzz.of(20_000)
        .each(
            "room names",
            RoomNameFuzzTest::name,
            name -> {
              boolean expected =
                  !name.isEmpty()
                      && name.length() <= 128
                      && name.chars().allMatch(one -> LETTERS.indexOf(one) >= 0);
              assertThat(RoomName.of(name).map(RoomName::value))
                  .isEqualTo(expected ? Optional.of(name) : Optional.empty());
              Throwable refused = catchThrowable(() -> new RoomName(name));
              assertThat(refused == null).isEqualTo(expected);
              if (refused != null) {
                assertThat(refused).isInstanceOf(IllegalArgumentException.class);
              }
            });
  }
}
