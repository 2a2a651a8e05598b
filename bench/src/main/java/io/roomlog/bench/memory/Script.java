package io.roomlog.bench.memory;

import io.roomlog.local.functions.Functions;
import io.roomlog.local.tables.CallFaults;
import io.roomlog.local.tables.TableFault;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** The events that functions get in a run, in their order, and how many calls they make then. */
final class Script implements AutoCloseable {

  private static final String ROOM = "memory";

  private final Map<String, List<String>> events = new ConcurrentHashMap<>();
  private final Map<String, Integer> calls = new ConcurrentHashMap<>();
  private final World world;
  private final List<Client> clients;

  private Script(int connections) {
    this.world =
        World.start(options -> options.around(this::around).tableFaults(new CountedTables()));
    this.clients =
        IntStream.range(0, connections)
            .mapToObj(number -> world.connectRoomlog("room=" + ROOM + "&name=n" + number))
            .toList();
  }

  /** Has so many connections in a room, and one after the other so many messages. */
  static Script played(int connections, int messages) {
    Script script = new Script(connections);
    Client first = script.clients.getFirst();
    for (int said = 1; said <= messages; said++) {
      first.say("a message of a few words, number " + said).awaitFrames(said);
    }
    return script;
  }

  private Functions around(Functions functions) {
    return (function, event) -> {
      events
          .computeIfAbsent(function, _ -> Collections.synchronizedList(new ArrayList<>()))
          .add(event);
      return functions.invoke(function, event);
    };
  }

  private final class CountedTables implements CallFaults {
    @Override
    public Optional<TableFault> onCall(String function, String operation) {
      calls.merge(function, 1, Integer::sum);
      return Optional.empty();
    }
  }

  /** Where it was played, and still runs. */
  World world() {
    return world;
  }

  /** What a function got, in its order. */
  List<String> of(String function) {
    return List.copyOf(Objects.requireNonNull(events.get(function), function));
  }

  /** Calls to tables of one of its events, on average. */
  double callsAnEvent(String function) {
    return calls.getOrDefault(function, 0) / (double) of(function).size();
  }

  @Override
  public void close() {
    clients.forEach(Client::close);
    world.close();
  }
}
