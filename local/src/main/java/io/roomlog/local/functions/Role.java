package io.roomlog.local.functions;

import io.roomlog.local.deployment.Function;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A function and the credentials by which its calls are known.
 *
 * @param function what the template says of it, its policies included
 * @param credentials its own, and nobody else's
 */
public record Role(Function function, Credentials credentials) {

  /** Gives each function its credentials. */
  public static List<Role> all(List<Function> functions) {
    return IntStream.range(0, functions.size())
        .mapToObj(i -> new Role(functions.get(i), Credentials.numbered(i)))
        .toList();
  }
}
