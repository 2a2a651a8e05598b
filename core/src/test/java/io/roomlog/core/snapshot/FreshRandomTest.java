package io.roomlog.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.junit.jupiter.api.Test;

class FreshRandomTest {

  private final Context<Resource> context = Core.getGlobalContext();

  /** As in a snapshot: every copy has the same state. */
  private static SecureRandom restored() throws Exception {
    SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
    random.setSeed(1);
    return random;
  }

  private static List<Long> some(FreshRandom random) {
    return Stream.generate(random::nextLong).limit(8).toList();
  }

  @Test
  void copiesOfOneSnapshotDrawOtherNumbers() throws Exception {
    FreshRandom one = new FreshRandom(restored(), () -> new SecureRandom().generateSeed(32));
    FreshRandom other = new FreshRandom(restored(), () -> new SecureRandom().generateSeed(32));
    assertThat(one.nextLong()).as("before, they are copies").isEqualTo(other.nextLong());
    one.afterRestore(context);
    other.afterRestore(context);
    assertThat(some(one)).doesNotContainAnyElementsOf(some(other));
  }

  @Test
  void whatIsGivenAfterARestoreIsWhatMakesThemDiffer() throws Exception {
    FreshRandom one = new FreshRandom(restored(), () -> new byte[] {7});
    FreshRandom other = new FreshRandom(restored(), () -> new byte[] {7});
    one.afterRestore(context);
    other.afterRestore(context);
    assertThat(some(one)).isEqualTo(some(other));
  }

  @Test
  void itIsRandomWithoutAnySnapshot() {
    assertThat(some(FreshRandom.ofThisProcess()))
        .doesNotContainAnyElementsOf(some(FreshRandom.ofThisProcess()));
  }
}
