package io.roomlog.bench.posts;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A server for posts, in a process of its own on the second processor. */
final class PostingServer implements AutoCloseable {

  private static final int PROCESSOR = 1;
  private static final String PASSWORD = "loopback";

  private final Path keys;
  private final Companion process;
  private final URI endpoint;

  private PostingServer(Path keys, Companion process, URI endpoint) {
    this.keys = keys;
    this.process = process;
    this.endpoint = endpoint;
  }

  /** What it had done by some time. */
  record Look(long nanos, long cpuNanos, long posts) {

    /** The share of one processor since an earlier look. */
    double shareSince(Look earlier) {
      return (double) (cpuNanos - earlier.cpuNanos) / (nanos - earlier.nanos);
    }
  }

  static PostingServer start() throws IOException, InterruptedException {
    Path keys = Files.createTempDirectory("roomlog-tls-").resolve("keys.p12");
    makeKeys(keys);
    Companion process =
        Companion.start(PROCESSOR, List.of("-Xmx256m"), Server.class, keys.toString(), PASSWORD);
    return new PostingServer(
        keys, process, URI.create("https://localhost:" + process.answer()[0] + "/Prod"));
  }

  private static void makeKeys(Path file) throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-validity",
                "2",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool ended with " + keytool.exitValue());
    }
  }

  URI endpoint() {
    return endpoint;
  }

  Look look() throws IOException {
    long[] numbers = process.ask("look");
    return new Look(numbers[0], numbers[1], numbers[2]);
  }

  @Override
  public void close() throws IOException {
    process.close();
    Files.deleteIfExists(keys);
    Files.deleteIfExists(keys.getParent());
  }
}
