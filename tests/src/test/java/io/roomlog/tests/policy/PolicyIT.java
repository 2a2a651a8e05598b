package io.roomlog.tests.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomlog.local.StartException;
import io.roomlog.local.template.Template;
import io.roomlog.local.template.TemplateProblems;
import io.roomlog.tests.world.World;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each statement of the deployed template is needed, down to its single actions and resources
 * (those in the profile {@code policy-parts}: every case is a run of its own), and together they
 * are enough. The cases are read from the template, so that a statement that nothing uses fails
 * here.
 */
class PolicyIT {

  @TempDir private Path folder;

  static Stream<Removal> removals() {
    Stream<Removal> all =
        Removal.all(Template.read(World.TEMPLATE, Map.of("AnonymousAccess", "true")).functions());
    return Boolean.getBoolean("roomlog.policy.parts") ? all : all.filter(Removal::isWhole);
  }

  @Test
  void theTemplateAsItIsRefusesNothing() {
    EveryCall.Untold untold = new EveryCall.Untold();
    try (Refusals refusals = new Refusals();
        World world = World.start(options -> options.faults(untold))) {
      new EveryCall(world, untold, refusals).play();
      assertThat(refusals.calls()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnabledIf(
      value = "io.roomlog.tests.world.World#inThisProcess",
      disabledReason =
          "25 runs of 5 JVMs each take over a minute, and policies are enforced outside of the"
              + " functions")
  @MethodSource("removals")
  void withoutIt(Removal removal) throws Exception {
    Path template = folder.resolve("template.yaml");
    EditedTemplate.of(World.TEMPLATE).without(removal).write(template);
    EveryCall.Untold untold = new EveryCall.Untold();
    try (Refusals refusals = new Refusals();
        World world = World.start(template, options -> options.faults(untold))) {
      assertThatExceptionOfType(RefusedCall.class)
          .as("%s is missed by no call: remove it, or play a call that needs it", removal)
          .isThrownBy(() -> new EveryCall(world, untold, refusals).play());
      assertThat(refusals.calls()).allMatch(removal::explains);
      print(removal, String.valueOf(refusals.calls().getFirst().getMessage()));
    } catch (StartException e) {
      // What Lambda itself does in the function's name is checked when the mapping is made.
      assertThat(e).hasCauseInstanceOf(TemplateProblems.class);
      String said = String.valueOf(e.getMessage());
      assertThat(said).contains(removal.function()).contains(removal.lost().actions());
      assertThat(said.lines()).hasSize(removal.lost().actions().size());
      print(removal, said);
    }
  }

  private static void print(Removal removal, String said) {
    System.out.println(removal + "\n  -> " + said);
  }
}
