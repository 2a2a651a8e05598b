package io.roomlog.local.functions;

import com.amazonaws.services.lambda.runtime.Context;
import io.roomlog.local.deployment.Function;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The method behind a handler's name, chosen as Lambda's Java runtime chooses it: of all public
 * methods of that name one that ends in {@link Context} goes first, then the one with more
 * parameters; bridges are passed over. {@code package.Class} alone means {@code handleRequest}.
 *
 * <p>An instance is made by the public constructor that takes the environment as a {@code
 * Map<String, String>}, which is how several functions can differ within one process; a class
 * without one is made by its constructor without arguments, as on Lambda.
 */
final class HandlerMethod {
  private static final String DEFAULT_METHOD = "handleRequest";

  private static final Comparator<Method> PRIORITY =
      Comparator.comparingInt((Method m) -> endsInContext(m) ? 1 : 0)
          .thenComparingInt(Method::getParameterCount)
          .reversed();

  private final Constructor<?> constructor;
  private final Method method;
  private final Payloads payloads;

  private HandlerMethod(Constructor<?> constructor, Method method, Payloads payloads) {
    this.constructor = constructor;
    this.method = method;
    this.payloads = payloads;
  }

  /**
   * Finds a function's handler.
   *
   * @throws HandlerMissingException if there is no such class, constructor or method
   */
  static HandlerMethod of(Function function, ClassLoader classes) {
    String handler = function.handler();
    int separator = handler.indexOf("::");
    String className = separator < 0 ? handler : handler.substring(0, separator);
    String methodName = separator < 0 ? DEFAULT_METHOD : handler.substring(separator + 2);
    Class<?> type = load(function, className, classes);
    Method method =
        named(type, methodName)
            .orElseThrow(() -> missing(function, "there is no public method " + methodName, null));
    Constructor<?> constructor =
        constructor(type)
            .orElseThrow(() -> missing(function, "there is no public constructor to call", null));
    Payloads payloads =
        Payloads.of(method)
            .orElseThrow(
                () ->
                    missing(
                        function,
                        "the method takes neither an event and a Context nor an InputStream,"
                            + " an OutputStream and a Context",
                        null));
    return new HandlerMethod(constructor, method, payloads);
  }

  private static Class<?> load(Function function, String className, ClassLoader classes) {
    try {
      return Class.forName(className, false, classes);
    } catch (ClassNotFoundException | LinkageError e) {
      throw missing(
          function,
          "there is no class %s, neither on the class path nor in %s"
              .formatted(className, function.codeUri()),
          e);
    }
  }

  private static HandlerMissingException missing(
      Function function, String reason, @Nullable Throwable cause) {
    return new HandlerMissingException(function.logicalId(), function.handler(), reason, cause);
  }

  private static Optional<Method> named(Class<?> type, String name) {
    return Arrays.stream(type.getMethods())
        .filter(m -> m.getName().equals(name) && !m.isBridge() && !m.isSynthetic())
        .min(PRIORITY);
  }

  private static boolean endsInContext(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    return parameters.length > 0 && parameters[parameters.length - 1] == Context.class;
  }

  private static Optional<Constructor<?>> constructor(Class<?> type) {
    if (Modifier.isAbstract(type.getModifiers())) {
      return Optional.empty();
    }
    return Arrays.stream(type.getConstructors())
        .filter(c -> takesEnvironment(c) || c.getParameterCount() == 0)
        .max(Comparator.comparingInt(Constructor::getParameterCount));
  }

  private static boolean takesEnvironment(Constructor<?> constructor) {
    return constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Map.class;
  }

  /**
   * Makes an instance.
   *
   * @throws HandlerFailure if its constructor throws
   */
  Object instance(Map<String, String> environment) throws HandlerFailure {
    try {
      return takesEnvironment(constructor)
          ? constructor.newInstance(environment)
          : constructor.newInstance();
    } catch (InvocationTargetException | ExceptionInInitializerError e) {
      throw new HandlerFailure(e.getCause() == null ? e : e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new HandlerFailure(e);
    }
  }

  /**
   * Hands an event to an instance.
   *
   * @return the answer's JSON
   * @throws HandlerFailure if the event cannot be read as what the method takes, the method throws,
   *     or its answer cannot be written
   */
  String call(Object instance, String event, Context context) throws HandlerFailure {
    try {
      return payloads.exchange(event, context, arguments -> method.invoke(instance, arguments));
    } catch (InvocationTargetException e) {
      throw new HandlerFailure(e.getCause() == null ? e : e.getCause());
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      throw new HandlerFailure(e);
    }
  }

  /** What a handler threw, whatever it was. */
  static final class HandlerFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Throwable thrown;

    HandlerFailure(Throwable thrown) {
      super(thrown);
      this.thrown = thrown;
    }

    Throwable thrown() {
      return thrown;
    }
  }
}
