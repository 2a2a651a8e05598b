package io.roomlog.local.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir private Path temporary;

  @Test
  void aFolderIsMadeWhereItIsMissing() {
    Path folder = temporary.resolve("a/b");
    try (DataFolder held = DataFolder.hold(folder)) {
      assertThat(held.path()).isDirectory();
    }
  }

  @Test
  void aSecondRunIsRefusedAndToldWhoHoldsTheFolder() {
    try (DataFolder held = DataFolder.hold(temporary)) {
      assertThatThrownBy(() -> DataFolder.hold(held.path()))
          .isInstanceOf(DataFolderException.class)
          .hasMessage(
              "data folder %s is used by another run (process %d): end that one, or choose"
                      .formatted(temporary, ProcessHandle.current().pid())
                  + " another with --data");
    }
  }

  @Test
  void aRunInAnotherProcessIsRefusedUntilThatProcessEnds() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FolderHolder.class.getName(),
                temporary.toString())
            .start();
    assertThat(other.inputReader().readLine()).isEqualTo(FolderHolder.HELD);
    assertThatThrownBy(() -> DataFolder.hold(temporary))
        .hasMessageContaining("is used by another run (process %d)".formatted(other.pid()));
    other.destroyForcibly().waitFor();
    DataFolder.hold(temporary).close();
  }

  @Test
  void aFolderLetGoOfCanBeHeldAgain() {
    DataFolder.hold(temporary).close();
    DataFolder.hold(temporary).close();
  }

  @Test
  void aFileInTheFoldersPlaceIsNamed() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    assertThatThrownBy(() -> DataFolder.hold(file))
        .isInstanceOf(DataFolderException.class)
        .hasMessageContaining("data folder " + file + " cannot be written to");
  }
}
