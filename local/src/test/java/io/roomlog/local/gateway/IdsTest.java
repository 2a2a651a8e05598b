package io.roomlog.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {

  private static final long SEED = 1;

  private final Ids ids = new Ids(new Random(SEED));

  @Test
  void anIdHas16CharactersOfUrlSafeBase64AndEndsWithAnEqualsSign() {
    assertThat(Stream.generate(ids::next).limit(1000))
        .allMatch(id -> id.matches("[A-Za-z0-9_-]{15}="))
        .doesNotHaveDuplicates();
  }

  @Test
  void aTraceHasXraysForm() {
    assertThat(ids.nextTrace(0x659a1bcdL)).matches("Root=1-659a1bcd-[0-9a-f]{24}");
  }
}
