package io.roomlog.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  private final Arguments arguments = new Arguments();

  @Test
  void withoutPartsAllAreMade() {
    assertThat(run().parts()).containsExactly(Part.values());
    assertThat(run().results()).isEqualTo(Path.of("results"));
  }

  @Test
  void partsComeInTheirOrderAndOnce() {
    assertThat(run("time", "counts", "time").parts()).containsExactly(Part.COUNTS, Part.TIME);
  }

  @Test
  void theMachineIsAllThatIsNotTheSameOnAny() {
    assertThat(run("machine").parts()).contains(Part.START).doesNotContain(Part.COUNTS, Part.TIME);
  }

  @Test
  void whatIsSmallDoesNotOverwriteTheResults() {
    assertThat(run("--small").results()).isEqualTo(Path.of("target", "results"));
  }

  @Test
  void anUnknownPartIsNamedWithThoseThatThereAre() {
    assertThat(arguments.read("count"))
        .isInstanceOfSatisfying(
            Arguments.Request.Misused.class,
            misused -> assertThat(misused.line()).contains("'count'").contains("counts, time"));
  }

  @Test
  void anUnknownOptionIsNamed() {
    assertThat(arguments.read("--tiny"))
        .isInstanceOfSatisfying(
            Arguments.Request.Misused.class,
            misused -> assertThat(misused.line()).contains("--tiny"));
  }

  private Arguments.Request.Run run(String... line) {
    return (Arguments.Request.Run) arguments.read(line);
  }
}
