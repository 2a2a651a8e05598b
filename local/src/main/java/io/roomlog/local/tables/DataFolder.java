package io.roomlog.local.tables;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder that keeps the tables between runs, held by one run at a time.
 *
 * <p>The hold is a lock of the operating system on a file in it, so it ends with the process
 * however that ends. The file itself stays: deleting it would let a third run lock a file that a
 * second one still has open under the old name.
 */
public final class DataFolder implements AutoCloseable {
  static final String LOCK_FILE = "roomlog.lock";

  private static final int OWNER_BYTES_MAX = 20;

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes hold of a folder, and makes it where it does not exist.
   *
   * @throws DataFolderException if another run holds it, or it cannot be written to
   */
  public static DataFolder hold(Path path) {
    try {
      Files.createDirectories(path);
      FileChannel channel = FileChannel.open(path.resolve(LOCK_FILE), CREATE, READ, WRITE);
      if (!locked(channel)) {
        throw inUse(path, channel);
      }
      sign(channel);
      return new DataFolder(path, channel);
    } catch (IOException e) {
      throw new DataFolderException(
          path, "cannot be written to (%s): choose another with --data".formatted(e), e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private static DataFolderException inUse(Path path, FileChannel channel) throws IOException {
    try (channel) {
      ByteBuffer owner = ByteBuffer.allocate(OWNER_BYTES_MAX);
      channel.read(owner, 0);
      String process = US_ASCII.decode(owner.flip()).toString().strip();
      return new DataFolderException(
          path,
          "is used by another run (process %s): end that one, or choose another with --data"
              .formatted(process.isEmpty() ? "unknown" : process));
    }
  }

  private static void sign(FileChannel channel) throws IOException {
    channel.truncate(0);
    channel.write(US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
  }

  /** Where the tables are kept. */
  public Path path() {
    return path;
  }

  /** Lets go of the folder; the tables stay in it. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new DataFolderException(path, "could not be let go of (%s)".formatted(e), e);
    }
  }
}
