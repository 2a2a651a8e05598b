package io.roomlog.bench.start;

import io.roomlog.bench.machine.Processor;
import io.roomlog.bench.machine.Progress;
import io.roomlog.core.RoomName;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Question: how long is it from the start of a cold JVM to the first delivered post, and how much
 * of that is the choice of the SDK's HTTP client and of the JVM's compilers?
 *
 * <p>And: what is left of it behind a snapshot, and how long do the functions of AWS's sample take
 * on Node.js?
 *
 * <p>Topology: the function in a process of its own on one processor, under AWS's runtime client,
 * from the packaged jar; gateway, DynamoDB Local and the client in another, already warm, process;
 * loopback, no TLS. Builds take turns. Says nothing about AWS, where a snapshot is restored.
 */
public final class StartBench {

  /**
   * The functions besides the fan-out whose start somebody waits for, by their logical ids, and the
   * handlers of AWS's sample that stand in the same place.
   */
  private static final Map<String, String> HANDLERS =
      new TreeMap<>(Map.of("SendMessageFunction", "sendmessage", "ConnectFunction", "onconnect"));

  private static final RoomName ROOM = new RoomName("cold");

  private static final String FAN_OUT = "FanOutFunction";
  private static final String COMPILER = "JAVA_TOOL_OPTIONS";
  private static final String APACHE =
      "-Dsoftware.amazon.awssdk.http.service.impl="
          + "software.amazon.awssdk.http.apache.ApacheSdkHttpService";
  private static final String PRIMED = "as deployed, primed before it is ready";

  /** What Lambda sets for a function with SnapStart, and what it starts every JVM with. */
  private static final String INITIALIZATION = "AWS_LAMBDA_INITIALIZATION_TYPE";

  private static final String CRAC = "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac";
  private static final String OWN_COMPILERS = "as deployed, the JVM's own choice of compilers";

  private final Progress progress = new Progress("start");
  private final int starts;
  private final ColdStarts cold;
  private final Path modules;

  /**
   * A measurement.
   *
   * @param starts of each build, one more not counted
   * @param folder for what the functions print
   * @param modules for the sample's files and modules, which are kept
   */
  public StartBench(int starts, Path folder, Path modules) {
    this.starts = starts;
    this.modules = modules;
    this.cold = new ColdStarts(folder);
  }

  /** Measures and says so in Markdown. */
  public String report() throws IOException, InterruptedException {
    CapturedEvents events = new CapturedEvents();
    try (World world = World.start(options -> options.around(events::around));
        Client client = world.connectRoomlog("room=cold&name=ann")) {
      client.say("hello").awaitFrames(1);
      StringBuilder text = new StringBuilder(assumptions());
      text.append(StartTables.fanOut(fanOut(world, client, events.of(FAN_OUT))));
      NodeSample sample = NodeSample.installed(modules, world, ROOM);
      for (Map.Entry<String, String> each : HANDLERS.entrySet()) {
        String function = each.getKey();
        Variant.Java deployed = Variant.deployed(world, function);
        Variant node = sample.handler(each.getValue(), function, deployed.memoryMiB());
        text.append(StartTables.handler(function, handler(deployed, node, events.of(function))));
      }
      return text.append(StartTables.sizes()).toString();
    }
  }

  /** One start of the fan-out as it is deployed, until its post has arrived. */
  public ColdStarts.Times one() throws IOException, InterruptedException {
    CapturedEvents events = new CapturedEvents();
    try (World world = World.start(options -> options.around(events::around));
        Client client = world.connectRoomlog("room=cold&name=ann")) {
      client.say("hello").awaitFrames(1);
      return cold.once(
          Variant.deployed(world, FAN_OUT), events.of(FAN_OUT), next(client, new AtomicInteger(1)));
    }
  }

  /** When the next frame arrives, each time that it is asked. */
  private static LongSupplier next(Client client, AtomicInteger frames) {
    return () -> {
      int arrived = frames.incrementAndGet();
      client.awaitFrames(arrived);
      return client.arrivals().get(arrived - 1);
    };
  }

  private Map<Variant, List<ColdStarts.Times>> fanOut(World world, Client client, String event)
      throws IOException, InterruptedException {
    Variant.Java deployed = Variant.deployed(world, FAN_OUT);
    List<Path> sdk = new ArrayList<>(deployed.code());
    sdk.addAll(Builds.sdkDefaults());
    sdk.addAll(Builds.connectionsClient());
    sdk.add(Builds.own());
    Variant.Java apache =
        new Variant.Java(
            "the SDK's client of connections with Apache, first compiler only",
            sdk,
            SdkDefaultFanOut.class.getName() + "::handleRequest",
            List.of(APACHE),
            deployed.environment(),
            deployed.memoryMiB());
    return measured(
        List.of(
            deployed,
            ownCompilers(
                apache, "as the SDK comes: its clients with Apache, the JVM's own compilers"),
            ownCompilers(deployed, OWN_COMPILERS),
            apache,
            primed(deployed)),
        event,
        next(client, new AtomicInteger(client.count())));
  }

  private Map<Variant, List<ColdStarts.Times>> handler(
      Variant.Java deployed, Variant node, String event) throws IOException, InterruptedException {
    return measured(
        List.of(deployed, ownCompilers(deployed, OWN_COMPILERS), primed(deployed), node),
        event,
        null);
  }

  /** The same without the template's choice of the JVM's compiler. */
  private static Variant.Java ownCompilers(Variant.Java of, String name) {
    Map<String, String> environment = new LinkedHashMap<>(of.environment());
    environment.remove(COMPILER);
    return new Variant.Java(
        name, of.code(), of.handler(), of.options(), environment, of.memoryMiB());
  }

  /** The same, which works once before it asks for an event: as for a snapshot. */
  private static Variant.Java primed(Variant.Java of) {
    Map<String, String> environment = new LinkedHashMap<>(of.environment());
    environment.put(INITIALIZATION, "snap-start");
    List<String> options = new ArrayList<>(of.options());
    options.add(CRAC);
    return new Variant.Java(PRIMED, of.code(), of.handler(), options, environment, of.memoryMiB());
  }

  private Map<Variant, List<ColdStarts.Times>> measured(
      List<Variant> variants, String event, @Nullable LongSupplier effect)
      throws IOException, InterruptedException {
    Map<Variant, List<ColdStarts.Times>> times = new LinkedHashMap<>();
    for (int round = 0; round <= starts; round++) {
      progress.at(
          "%s, round %d of %d, %d builds each"
              .formatted(variants.getFirst().handler(), round, starts, variants.size()));
      for (Variant variant : variants) {
        ColdStarts.Times one = cold.once(variant, event, effect);
        if (round > 0) {
          times.computeIfAbsent(variant, _ -> new ArrayList<>()).add(one);
        }
      }
    }
    return times;
  }

  private static String assumptions() {
    return """
    Each start is a new process under AWS's runtime client \
    (aws-lambda-java-runtime-interface-client) with the heap that Lambda gives; the event waits \
    for it. Gateway, DynamoDB Local and the receiving client are warm, in another process; \
    loopback, no TLS. Builds take turns, and a first round is not counted, so the file cache is \
    warm for all. "Ready" is when the runtime asks for its first event. %s. Median, and smallest \
    and largest in brackets. Node.js runs handlers written as those of AWS's sample are, with the \
    SDK that npm has, under a loop over the runtime API of ours.

    No snapshot is taken or restored here. SnapStart takes one where a function is ready, so a \
    client waits for the restore, which only AWS can measure, and for what is in the column behind \
    "ready". "Primed" has worked once by then, as the hooks of our functions do before a snapshot. \
    Node.js has no SnapStart: there a client waits for all of it.

    """
        .formatted(Processor.binding("The function may use processor 0 only"));
  }
}
