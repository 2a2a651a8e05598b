package io.roomlog.local.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns an event's JSON into a handler method's arguments and its result into JSON, through the
 * serializers that Lambda's Java runtime uses and in its order: for the classes of
 * aws-lambda-java-events the one that knows them, for everything else its POJO serializer
 * (aws-lambda-java-runtime-interface-client, {@code EventHandlerLoader.getSerializer}).
 */
final class Payloads {
  private static final String NOTHING = "null";

  private final List<Parameter> parameters;
  private final boolean streamed;
  private final @Nullable PojoSerializer<Object> result;

  /** What a parameter of a handler method is filled with. */
  private sealed interface Parameter {
    record OfContext() implements Parameter {}

    record Input() implements Parameter {}

    record Output() implements Parameter {}

    record Event(PojoSerializer<Object> serializer) implements Parameter {}
  }

  /** The method itself. */
  interface Call {
    @Nullable Object with(@Nullable Object[] arguments) throws ReflectiveOperationException;
  }

  private Payloads(List<Parameter> parameters, @Nullable PojoSerializer<Object> result) {
    this.parameters = parameters;
    this.streamed = parameters.contains(new Parameter.Output());
    this.result = result;
  }

  /**
   * The payloads of a method, or empty where Lambda's runtime would not call it: it takes an event
   * and a {@link Context}, or an input stream, an output stream and a {@code Context}, each at most
   * once.
   */
  static Optional<Payloads> of(Method method) {
    boolean streamed = List.of(method.getParameterTypes()).contains(OutputStream.class);
    List<Parameter> parameters =
        Arrays.stream(method.getGenericParameterTypes())
            .map(type -> parameter(type, streamed))
            .toList();
    long events = parameters.stream().filter(p -> p instanceof Parameter.Event).count();
    boolean unique = parameters.stream().distinct().count() == parameters.size();
    return unique && events <= (streamed ? 0 : 1)
        ? Optional.of(new Payloads(parameters, result(method)))
        : Optional.empty();
  }

  private static Parameter parameter(Type type, boolean streamed) {
    if (type == Context.class) {
      return new Parameter.OfContext();
    }
    if (type == OutputStream.class) {
      return new Parameter.Output();
    }
    return streamed && type == InputStream.class
        ? new Parameter.Input()
        : new Parameter.Event(serializer(type));
  }

  private static @Nullable PojoSerializer<Object> result(Method method) {
    Class<?> type = method.getReturnType();
    return type == void.class || type == Void.class
        ? null
        : serializer(method.getGenericReturnType());
  }

  @SuppressWarnings("unchecked") // the serializer is only ever handed objects of its own type
  private static PojoSerializer<Object> serializer(Type type) {
    if (type instanceof Class<?> known
        && LambdaEventSerializers.isLambdaSupportedEvent(known.getName())) {
      return (PojoSerializer<Object>)
          LambdaEventSerializers.serializerFor(known, known.getClassLoader());
    }
    return JacksonFactory.getInstance().getSerializer(type);
  }

  /** Calls the method with an event and returns its answer's JSON. */
  String exchange(String event, Context context, Call method) throws ReflectiveOperationException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    @Nullable Object[] arguments = new @Nullable Object[parameters.size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] =
          switch (parameters.get(i)) {
            case Parameter.OfContext _ -> context;
            case Parameter.Input _ -> new ByteArrayInputStream(event.getBytes(UTF_8));
            case Parameter.Output _ -> answer;
            case Parameter.Event(PojoSerializer<Object> serializer) -> serializer.fromJson(event);
          };
    }
    Object returned = method.with(arguments);
    if (!streamed) {
      if (result == null || returned == null) {
        return NOTHING;
      }
      result.toJson(returned, answer);
    }
    return answer.toString(UTF_8);
  }
}
