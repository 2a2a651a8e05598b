package io.roomlog.local.template;

import java.nio.file.Path;
import java.util.List;

/** Whether the code of a function has the handler that the template names. */
@FunctionalInterface
public interface HandlerCheck {
  /**
   * Looks for a handler.
   *
   * @param code the jar that {@code CodeUri} names
   * @param handler as Lambda names it: {@code package.Class::method}, or {@code package.Class}
   *     alone for a class with {@code handleRequest}
   */
  Result check(Path code, String handler);

  /** Says of every handler that it fits, for those who find out by loading it. */
  static HandlerCheck skipped() {
    return (_, _) -> new Fits();
  }

  /** What was found. */
  sealed interface Result permits Fits, NoJar, Malformed, NoClass, NoMethod, NoConstructor {}

  /** Lambda can call it. */
  record Fits() implements Result {}

  /** There is no such jar, or it cannot be read. */
  record NoJar() implements Result {}

  /** The handler's name has no meaning. */
  record Malformed(String why) implements Result {}

  /**
   * The jar has no such class.
   *
   * @param className the one asked for
   * @param known the classes of the jar
   */
  record NoClass(String className, List<String> known) implements Result {
    /** Copies what is given. */
    public NoClass {
      known = List.copyOf(known);
    }
  }

  /**
   * The class has no such public method.
   *
   * @param className the class
   * @param method the one asked for
   * @param known the public methods of the class and of what it inherits from in the jar
   */
  record NoMethod(String className, String method, List<String> known) implements Result {
    /** Copies what is given. */
    public NoMethod {
      known = List.copyOf(known);
    }
  }

  /** The class is abstract or not public, or has no public constructor without parameters. */
  record NoConstructor(String className) implements Result {}
}
