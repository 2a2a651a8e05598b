package io.roomlog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.roomlog.local.functions.Functions;
import io.roomlog.local.functions.Functions.Outcome;
import io.roomlog.local.stream.Eventually;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A function that sends to a FIFO queue with the SDK, and one that is invoked from it. */
@Timeout(120)
class QueueRunTest {
  private static final Path TEMPLATE =
      Path.of("src", "test", "resources", "io", "roomlog", "local", "queues.yaml");

  @TempDir private Path temporary;

  @ParameterizedTest
  @EnumSource(FunctionMode.class)
  void aFunctionSendsToAQueueAndAnotherIsInvokedFromIt(FunctionMode mode) throws Exception {
    List<String> received = new CopyOnWriteArrayList<>();
    RunOptions options = options(mode).around(functions -> noting(received, functions));
    try (LocalRun run = LocalRun.start(options)) {
      for (String body : List.of("one", "two", "three")) {
        assertThat(send(run, "SenderFunction", body)).isEqualTo("\"sent\"");
      }
      Eventually.await("received", () -> all(received).endsWith("three"));
      assertThat(all(received)).as("in their order").isEqualTo("one,two,three");
      Eventually.await("deleted", () -> run.queues().queue("Jobs").depth().inFlight() == 0);
      assertThat(run.queues().queue("Jobs").depth().visible()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(FunctionMode.class)
  void aFunctionWithoutAPolicyIsRefused(FunctionMode mode) throws Exception {
    try (LocalRun run = LocalRun.start(options(mode))) {
      assertThat(send(run, "IdleFunction", "one"))
          .contains("assumed-role/roomlog-IdleFunctionRole/")
          .contains("not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:")
          .contains("Jobs.fifo");
      assertThat(run.queues().queue("Jobs").depth().visible()).isZero();
    }
  }

  private static String all(List<String> received) {
    return String.join(",", received).replace("\"", "");
  }

  private static String send(LocalRun run, String function, String body) throws Exception {
    Outcome outcome = run.functions().invoke(function, "{\"body\":\"" + body + "\"}");
    assertThat(outcome).isInstanceOf(Outcome.Returned.class);
    return ((Outcome.Returned) outcome).payload();
  }

  private static Functions noting(List<String> received, Functions functions) {
    return (function, event) -> {
      Outcome outcome = functions.invoke(function, event);
      if (function.equals("ReceiverFunction") && outcome instanceof Outcome.Returned(String body)) {
        received.add(body);
      }
      return outcome;
    };
  }

  private RunOptions options(FunctionMode mode) throws IOException {
    assumeTrue(
        mode == FunctionMode.IN_PROCESS || OS.LINUX.isCurrentOs(),
        "AWS's runtime client has no library but Linux's");
    RunOptions options = RunOptions.of(TEMPLATE).in(mode);
    return mode == FunctionMode.PROCESS ? options.with(Map.of("Code", jar())) : options;
  }

  /** A jar that has nothing but leads to what this test is run with, the SDK among it. */
  private String jar() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    Path jar = temporary.resolve("code.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry("nothing/"));
    }
    return jar.toString();
  }
}
