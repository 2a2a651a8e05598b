package io.roomlog.local.functions;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * AWS's Java runtime client (aws-lambda-java-runtime-interface-client), which is what runs handlers
 * on Lambda, and the command that starts it.
 *
 * <p>Left to itself it unpacks its native library to one fixed path, over that of a client that is
 * just starting. It takes the path of a library from a property as well, so the library is unpacked
 * here, once.
 */
public final class RuntimeClient {
  private static final String PACKAGE = "com.amazonaws.services.lambda.runtime.api.client";
  private static final String MAIN = PACKAGE + ".AWSLambda";
  private static final String LIBRARY_PROPERTY = PACKAGE + ".runtimeapi.NativeClient.JNI";

  /** One class of each jar that Lambda puts before the function's own. */
  private static final List<String> RUNTIME =
      List.of(
          MAIN,
          "com.amazonaws.services.lambda.runtime.Context",
          "com.amazonaws.services.lambda.runtime.serialization.PojoSerializer",
          "software.amazon.awssdk.utilslite.SdkInternalThreadLocal");

  /**
   * A function's jar has the native libraries of the machine that Lambda runs it on only. Behind
   * it, this jar has those of all others.
   */
  private static final String HTTP_CLIENT = "software/amazon/awssdk/crt/CRT.class";

  /** What Lambda leaves to the heap of a function's memory. */
  private static final double HEAP_SHARE = 0.85;

  private static final ClassLoader LOADER = RuntimeClient.class.getClassLoader();

  private final Path library;

  private RuntimeClient(Path library) {
    this.library = library;
  }

  /**
   * Unpacks the client's native library.
   *
   * @param folder where to
   * @throws RuntimeClientException if there is none for this machine
   */
  public static RuntimeClient unpacked(Path folder) {
    String name = libraryName(System.getProperty("os.name"), System.getProperty("os.arch"));
    try (InputStream library = type(MAIN).getResourceAsStream("/jni/" + name)) {
      if (library == null) {
        throw new RuntimeClientException("the runtime client has no " + name);
      }
      Path target = folder.resolve(name);
      Files.copy(library, target);
      return new RuntimeClient(target);
    } catch (IOException e) {
      throw new RuntimeClientException("the runtime client cannot be unpacked: " + e);
    }
  }

  private static String libraryName(String system, String architecture) {
    if (!system.equals("Linux")) {
      throw new RuntimeClientException(
          "--functions=process needs Linux: AWS's runtime client has no library for " + system);
    }
    String cpu = architecture.equals("amd64") ? "x86_64" : "aarch_64";
    return "libaws-lambda-jni.%s-%s.so".formatted(usesMusl() ? "linux_musl" : "linux", cpu);
  }

  private static boolean usesMusl() {
    try (Stream<Path> libraries = Files.list(Path.of("/lib"))) {
      return libraries.anyMatch(path -> path.getFileName().toString().startsWith("ld-musl-"));
    } catch (IOException e) {
      throw new RuntimeClientException("/lib cannot be listed: " + e);
    }
  }

  /**
   * The command that runs a handler, until it is killed, on the JVM that runs this.
   *
   * @param code the function's jar, or several and folders
   */
  public List<String> command(List<Path> code, String handler, int memoryMiB) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + (int) (memoryMiB * HEAP_SHARE) + "m");
    command.add("-XX:+UseSerialGC");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-D" + LIBRARY_PROPERTY + "=" + library);
    command.add("-cp");
    command.add(classPath(code));
    command.add(MAIN);
    command.add(handler);
    return List.copyOf(command);
  }

  private static String classPath(List<Path> code) {
    return Stream.of(
            RUNTIME.stream().map(RuntimeClient::jarOf),
            code.stream(),
            jarsWith(HTTP_CLIENT).stream())
        .flatMap(paths -> paths)
        .map(path -> path.toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path jarOf(String className) {
    try {
      return Path.of(type(className).getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All of them: a jar for one machine and the jar for all have the same classes. */
  private static List<Path> jarsWith(String resource) {
    try {
      List<Path> jars = new ArrayList<>();
      for (URL url : Collections.list(LOADER.getResources(resource))) {
        if (url.openConnection() instanceof JarURLConnection jar) {
          jars.add(Path.of(jar.getJarFileURL().toURI()));
        }
      }
      return jars;
    } catch (IOException | URISyntaxException e) {
      throw new RuntimeClientException("the class path cannot be read: " + e);
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name, false, LOADER);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(name + " is not on the local run's class path", e);
    }
  }
}
