package io.roomlog.tests.components;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import io.roomlog.core.Pause;
import io.roomlog.core.log.RoomLog;
import io.roomlog.handlers.History;
import io.roomlog.handlers.Join;
import io.roomlog.handlers.Send;
import io.roomlog.handlers.Sync;
import io.roomlog.local.functions.Functions;
import io.roomlog.tests.world.World;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The routes' functions on machines whose clocks differ: each invocation is served by the next of
 * them. A function on Lambda has the machine's clock, and no two machines have the same.
 */
final class SkewedFunctions implements Functions {

  /** The functions that can be replaced by these. */
  static final String[] NAMES = {"SendFunction", "HistoryFunction", "JoinFunction", "SyncFunction"};

  private static final ClassLoader LOADER = SkewedFunctions.class.getClassLoader();

  private final List<
          Map<String, RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse>>>
      machines;
  private final PojoSerializer<APIGatewayV2WebSocketEvent> events =
      LambdaEventSerializers.serializerFor(APIGatewayV2WebSocketEvent.class, LOADER);
  private final PojoSerializer<APIGatewayV2WebSocketResponse> answers =
      LambdaEventSerializers.serializerFor(APIGatewayV2WebSocketResponse.class, LOADER);
  private final AtomicInteger turn = new AtomicInteger();

  SkewedFunctions(World world, Duration... skews) {
    machines = List.of(skews).stream().map(skew -> machine(world, skew)).toList();
  }

  private static Map<
          String, RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse>>
      machine(World world, Duration skew) {
    InstantSource clock = Clock.offset(Clock.systemUTC(), skew);
    RoomLog log = new RoomLog(world.log(), clock, new Random(1), Pause.real());
    return Map.of(
        "SendFunction", new Send(log),
        "HistoryFunction", new History(log),
        "JoinFunction", new Join(log, world.membership(), clock),
        "SyncFunction", new Sync(log, world.membership(), clock));
  }

  @Override
  public Outcome invoke(String function, String event) {
    var machine = machines.get(Math.floorMod(turn.getAndIncrement(), machines.size()));
    var handler = machine.get(function);
    if (handler == null) {
      throw new IllegalArgumentException("no stand-in for " + function);
    }
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answers.toJson(handler.handleRequest(events.fromJson(event), null), answer);
    return new Outcome.Returned(answer.toString(StandardCharsets.UTF_8));
  }
}
