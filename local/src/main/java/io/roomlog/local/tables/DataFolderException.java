package io.roomlog.local.tables;

import java.nio.file.Path;

/**
 * A data folder that cannot be used. Nothing was started, and nothing in the folder was changed.
 */
public final class DataFolderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path folder;

  DataFolderException(Path folder, String whatAndMend) {
    super("data folder %s %s".formatted(folder, whatAndMend));
    this.folder = folder;
  }

  DataFolderException(Path folder, String whatAndMend, Throwable cause) {
    this(folder, whatAndMend);
    initCause(cause);
  }

  /** The folder as it was given. */
  public Path folder() {
    return folder;
  }
}
