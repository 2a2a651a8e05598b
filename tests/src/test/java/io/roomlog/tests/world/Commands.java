package io.roomlog.tests.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roomlog.operate.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;

/** The operator's commands against a world, as {@code ./roomlog} starts them. */
public final class Commands {

  private final World world;
  private volatile ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Commands(World world) {
    this.world = world;
  }

  /** Those for a world. */
  public static Commands of(World world) {
    return new Commands(world);
  }

  /**
   * Runs one.
   *
   * @param status what it must end with
   * @param arguments the command and its options, without {@code --port}
   * @return what it wrote to standard output
   */
  public String run(int status, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    err = new ByteArrayOutputStream();
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--port";
    all[arguments.length + 1] = Integer.toString(world.run().port());
    int ended = Main.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), all);
    if (ended != status) {
      throw new AssertionError(
          String.join(" ", arguments)
              + " ended with "
              + ended
              + ": "
              + out.toString(UTF_8)
              + said());
    }
    return out.toString(UTF_8);
  }

  /** What the last one wrote to standard error; also while it runs. */
  public String said() {
    return err.toString(UTF_8);
  }
}
