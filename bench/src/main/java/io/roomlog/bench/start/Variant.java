package io.roomlog.bench.start;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One way of building and starting a function.
 *
 * @param name as a table has it
 * @param code its jar, or several and folders, the first asked first
 * @param handler {@code package.Class::method}
 * @param options of the JVM, beside those that every function gets
 * @param environment its variables, beside those that Lambda adds
 * @param memoryMiB of which the heap gets a share
 */
public record Variant(
    String name,
    List<Path> code,
    String handler,
    List<String> options,
    Map<String, String> environment,
    int memoryMiB) {

  /** Copies what is given. */
  public Variant {
    code = List.copyOf(code);
    options = List.copyOf(options);
    environment = Map.copyOf(environment);
  }
}
