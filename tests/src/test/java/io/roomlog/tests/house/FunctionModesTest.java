package io.roomlog.tests.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.local.FunctionMode;
import io.roomlog.tests.world.World;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

/**
 * A property that nobody sets would run the scenarios twice in one mode, and all would be green.
 */
class FunctionModesTest {

  @Test
  void theBuildRunsTheScenariosInEachMode() throws Exception {
    NodeList set =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile())
            .getElementsByTagName(World.FUNCTIONS);
    List<String> modes =
        IntStream.range(0, set.getLength()).mapToObj(i -> set.item(i).getTextContent()).toList();
    assertThat(modes)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(FunctionMode.values()).map(FunctionMode::toString).toList());
  }
}
