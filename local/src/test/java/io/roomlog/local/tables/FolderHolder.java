package io.roomlog.local.tables;

import java.io.IOException;
import java.nio.file.Path;

/** A process that holds a data folder until its input ends. */
final class FolderHolder {
  static final String HELD = "held";

  private FolderHolder() {}

  public static void main(String[] folder) throws IOException {
    try (var _ = DataFolder.hold(Path.of(folder[0]))) {
      System.out.println(HELD);
      System.in.transferTo(System.err);
    }
  }
}
