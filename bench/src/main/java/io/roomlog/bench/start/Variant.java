package io.roomlog.bench.start;

import io.roomlog.local.deployment.Function;
import io.roomlog.local.functions.RuntimeClient;
import io.roomlog.tests.world.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One way of building and starting a function. */
public sealed interface Variant {

  /** As a table has it. */
  String name();

  /** As Lambda is told it. */
  String handler();

  /** Its variables, beside those that Lambda adds. */
  Map<String, String> environment();

  /** What it has, in MiB. */
  int memoryMiB();

  /** The command that runs it until it is killed. */
  List<String> command(RuntimeClient client);

  /**
   * A function of the template with what it is deployed with.
   *
   * @throws IllegalStateException if the template does not have it
   */
  static Java deployed(World world, String logicalId) {
    Function function =
        world.run().deployment().functions().stream()
            .filter(each -> each.logicalId().equals(logicalId))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the template has no " + logicalId));
    return new Java(
        "as deployed",
        List.of(World.TEMPLATE.resolveSibling(function.codeUri()).toAbsolutePath().normalize()),
        function.handler(),
        List.of(),
        world.environment(logicalId),
        function.memoryMiB());
  }

  /**
   * On a JVM, under AWS's runtime client.
   *
   * @param code its jar, or several and folders, the first asked first
   * @param handler {@code package.Class::method}
   * @param options of the JVM, beside those that every function gets
   * @param memoryMiB of which the heap gets a share
   */
  record Java(
      String name,
      List<Path> code,
      String handler,
      List<String> options,
      Map<String, String> environment,
      int memoryMiB)
      implements Variant {

    /** Copies what is given. */
    public Java {
      code = List.copyOf(code);
      options = List.copyOf(options);
      environment = Map.copyOf(environment);
    }

    /** The same with other memory. */
    public Java with(int otherMiB) {
      return new Java(name, code, handler, options, environment, otherMiB);
    }

    @Override
    public List<String> command(RuntimeClient client) {
      List<String> command = new ArrayList<>(client.command(code, handler, memoryMiB));
      command.addAll(1, options);
      return command;
    }
  }

  /**
   * On Node.js, under a loop of our own over the runtime API.
   *
   * @param program the program that is Node.js
   * @param folder has the loop, the handlers and what they need
   * @param handler {@code file.function}
   */
  record Node(
      String name,
      Path program,
      Path folder,
      String handler,
      Map<String, String> environment,
      int memoryMiB)
      implements Variant {

    /** Copies what is given. */
    public Node {
      environment = Map.copyOf(environment);
    }

    @Override
    public List<String> command(RuntimeClient client) {
      return List.of(program.toString(), folder.resolve("runtime.js").toString());
    }
  }
}
