package io.roomlog.local;

import io.roomlog.local.functions.Functions;
import io.roomlog.local.functions.PooledFunctions;
import io.roomlog.local.gateway.Faults;
import io.roomlog.local.gateway.GatewayConfiguration;
import io.roomlog.local.stream.StreamSource;
import io.roomlog.local.tables.CallFaults;
import io.roomlog.local.template.HandlerCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a template is to be run.
 *
 * @param template the template; the paths in it are relative to its folder
 * @param parameters values of the template's parameters, by name
 * @param port where the gateway listens on loopback; 0 for any free port
 * @param data the folder that keeps the tables, or null to keep them in memory
 * @param poll how often a stream's shard is polled; Lambda does so every 250 ms
 * @param handlers finds out whether the functions' code has their handlers
 * @param mode where the functions run
 * @param environmentsMax environments a function has at most
 * @param around wraps what invokes the functions, e.g. to make some of them fail in a test
 * @param gateway changes the gateway's configuration, e.g. its timeouts, from AWS's
 * @param faults when the gateway misbehaves, beside the plan's faults of it
 * @param tableFaults when the tables misbehave for a function, beside the plan's faults of them
 * @param streams wraps what the streams are read from, e.g. to stall them in a test
 * @param plan which faults strike at random, in the gateway, the streams and the tables
 * @param events the last events, which the operator's view shows
 * @param page the folder of the page that the gateway's port shows, or null for none
 */
public record RunOptions(
    Path template,
    Map<String, String> parameters,
    int port,
    @Nullable Path data,
    Duration poll,
    HandlerCheck handlers,
    FunctionMode mode,
    int environmentsMax,
    UnaryOperator<Functions> around,
    UnaryOperator<GatewayConfiguration> gateway,
    Faults faults,
    CallFaults tableFaults,
    UnaryOperator<StreamSource> streams,
    FaultPlan plan,
    RecentEvents events,
    @Nullable Path page) {
  /** Where the gateway listens unless told otherwise. */
  public static final int DEFAULT_PORT = 3001;

  /** How often Lambda polls a shard (docs.aws.amazon.com/lambda/latest/dg/with-ddb.html). */
  public static final Duration LAMBDA_POLL = Duration.ofMillis(250);

  /** Copies what is given. */
  public RunOptions {
    parameters = Map.copyOf(parameters);
  }

  /** A template with Lambda's pace, on any free port, and nothing kept. */
  public static RunOptions of(Path template) {
    return new RunOptions(
        template,
        Map.of(),
        0,
        null,
        LAMBDA_POLL,
        HandlerCheck.skipped(),
        FunctionMode.IN_PROCESS,
        PooledFunctions.ENVIRONMENTS_MAX,
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        Faults.none(),
        CallFaults.none(),
        UnaryOperator.identity(),
        FaultPlan.none(),
        RecentEvents.none(),
        null);
  }

  /** The folder that keeps the tables, if they are kept. */
  public Optional<Path> dataFolder() {
    return Optional.ofNullable(data);
  }

  /** The folder of the page, if one is shown. */
  public Optional<Path> pageFolder() {
    return Optional.ofNullable(page);
  }

  /** The folder that the paths in the template are relative to. */
  public Path templateFolder() {
    return template.toAbsolutePath().resolveSibling("");
  }

  /** The same on a port. */
  public RunOptions onPort(int newPort) {
    return changed(draft -> draft.port = newPort);
  }

  /** The same with the tables kept in a folder. */
  public RunOptions keptIn(Path newData) {
    return changed(draft -> draft.data = newData);
  }

  /** The same with values for the template's parameters. */
  public RunOptions with(Map<String, String> newParameters) {
    return changed(draft -> draft.parameters = newParameters);
  }

  /** The same with streams polled at another pace. */
  public RunOptions polling(Duration newPoll) {
    return changed(draft -> draft.poll = newPoll);
  }

  /** The same with a look at the functions' code before anything starts. */
  public RunOptions checking(HandlerCheck newHandlers) {
    return changed(draft -> draft.handlers = newHandlers);
  }

  /** The same with the functions run elsewhere. */
  public RunOptions in(FunctionMode newMode) {
    return changed(draft -> draft.mode = newMode);
  }

  /** The same with another number of environments a function, at least 1. */
  public RunOptions atMost(int newEnvironmentsMax) {
    return changed(draft -> draft.environmentsMax = newEnvironmentsMax);
  }

  /** The same with what invokes the functions wrapped. */
  public RunOptions around(UnaryOperator<Functions> newAround) {
    return changed(draft -> draft.around = newAround);
  }

  /** The same with the gateway's configuration changed. */
  public RunOptions gateway(UnaryOperator<GatewayConfiguration> newGateway) {
    return changed(draft -> draft.gateway = newGateway);
  }

  /** The same with a gateway that misbehaves. */
  public RunOptions faults(Faults newFaults) {
    return changed(draft -> draft.faults = newFaults);
  }

  /** The same with tables that misbehave. */
  public RunOptions tableFaults(CallFaults newTableFaults) {
    return changed(draft -> draft.tableFaults = newTableFaults);
  }

  /** The same with what the streams are read from wrapped. */
  public RunOptions streams(UnaryOperator<StreamSource> newStreams) {
    return changed(draft -> draft.streams = newStreams);
  }

  /** The same with faults that strike at random. */
  public RunOptions struckBy(FaultPlan newPlan) {
    return changed(draft -> draft.plan = newPlan);
  }

  /** The same with these events shown. */
  public RunOptions showing(RecentEvents newEvents) {
    return changed(draft -> draft.events = newEvents);
  }

  /** The same with the page of a folder, if the folder has one. */
  public RunOptions withPage(Path newPage) {
    return changed(draft -> draft.page = newPage);
  }

  private RunOptions changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /** Options that are being changed. */
  private static final class Draft {
    private final Path template;
    private Map<String, String> parameters;
    private int port;
    private @Nullable Path data;
    private Duration poll;
    private HandlerCheck handlers;
    private FunctionMode mode;
    private int environmentsMax;
    private UnaryOperator<Functions> around;
    private UnaryOperator<GatewayConfiguration> gateway;
    private Faults faults;
    private CallFaults tableFaults;
    private UnaryOperator<StreamSource> streams;
    private FaultPlan plan;
    private RecentEvents events;
    private @Nullable Path page;

    private Draft(RunOptions from) {
      template = from.template;
      parameters = from.parameters;
      port = from.port;
      data = from.data;
      poll = from.poll;
      handlers = from.handlers;
      mode = from.mode;
      environmentsMax = from.environmentsMax;
      around = from.around;
      gateway = from.gateway;
      faults = from.faults;
      tableFaults = from.tableFaults;
      streams = from.streams;
      plan = from.plan;
      events = from.events;
      page = from.page;
    }

    private RunOptions options() {
      return new RunOptions(
          template,
          parameters,
          port,
          data,
          poll,
          handlers,
          mode,
          environmentsMax,
          around,
          gateway,
          faults,
          tableFaults,
          streams,
          plan,
          events,
          page);
    }
  }
}
