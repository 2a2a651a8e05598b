package io.roomlog.bench.posts;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A client that posts, in a process of its own on the first processor. */
final class PostingClient implements AutoCloseable {

  /** Posts at once, as in the fan-out. */
  static final int WORKERS = 128;

  private static final int PROCESSOR = 0;

  /** What {@code template.yaml} says for all functions. */
  static final List<String> FIRST_COMPILER =
      List.of("-XX:+TieredCompilation", "-XX:TieredStopAtLevel=1");

  /** The JVM's own choice. */
  static final List<String> BOTH_COMPILERS = List.of();

  /** Lambda's collector. Touched at once, so that what grows later is not the heap. */
  private static final List<String> HEAP =
      List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");

  /** Without it the JDK keeps five connections open and makes all others anew. */
  private static final String KEEP = "-Dhttp.maxConnections=" + WORKERS;

  private final Companion process;

  private PostingClient(Companion process) {
    this.process = process;
  }

  /**
   * What it had done by some time.
   *
   * @param nanos when
   * @param cpuNanos of the whole process, its compiler and collector too
   * @param posts that were answered
   * @param failed posts
   * @param gapNanos the longest time without an answer since the look before
   */
  record Look(long nanos, long cpuNanos, long posts, long failed, long gapNanos) {}

  /**
   * How it stands, right after a collection.
   *
   * @param heap bytes in use
   * @param committed bytes that the heap has
   * @param resident bytes of the whole process
   * @param threads of the platform, of which virtual ones are none
   * @param files open
   */
  record Memory(long heap, long committed, long resident, long threads, long files) {

    /** Bytes of the process beside the heap: native memory, classes, compiled code, threads. */
    long beside() {
      return resident - committed;
    }
  }

  static PostingClient start(Sender sender, List<String> compiler, URI server, int bytes)
      throws IOException {
    List<String> options = new ArrayList<>(HEAP);
    options.addAll(compiler);
    options.add(KEEP);
    return new PostingClient(
        Companion.start(
            PROCESSOR,
            options,
            Client.class,
            sender.name(),
            server.toString(),
            Integer.toString(bytes),
            Integer.toString(WORKERS)));
  }

  void begin() throws IOException {
    process.ask("start");
  }

  void end() throws IOException {
    process.ask("stop");
  }

  Look look() throws IOException {
    long[] numbers = process.ask("look");
    return new Look(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
  }

  Memory memory() throws IOException {
    long[] numbers = process.ask("memory");
    return new Memory(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
  }

  @Override
  public void close() {
    process.close();
  }
}
