package io.roomlog.tests.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * An address that the JVM remembers is in the snapshot of it, and restored with it: asked of a JVM
 * that begins with the template's options, since it is not asked of this one.
 */
class NameLookupsTest {

  private static final Pattern OPTIONS = Pattern.compile("JAVA_TOOL_OPTIONS: (.*)");

  /** Prints for how many seconds its JVM remembers an address. */
  static final class Lifetime {
    private Lifetime() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
      var policy = Class.forName("sun.net.InetAddressCachePolicy").getMethod("get");
      System.out.print(policy.invoke(null));
    }
  }

  @Test
  void aFunctionRemembersNoAddress() throws IOException, InterruptedException {
    Matcher options = OPTIONS.matcher(Files.readString(Path.of("..", "template.yaml")));
    assertThat(options.find()).isTrue();
    ProcessBuilder java =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "--add-exports=java.base/sun.net=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Lifetime.class.getName());
    java.environment().put("JAVA_TOOL_OPTIONS", options.group(1));
    Process process = java.start();
    String seconds = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(seconds).isEqualTo("0");
  }
}
