package io.roomlog.local;

import io.roomlog.local.functions.Functions;
import io.roomlog.local.functions.PooledFunctions;
import io.roomlog.local.gateway.Faults;
import io.roomlog.local.gateway.GatewayConfiguration;
import io.roomlog.local.tables.CallFaults;
import io.roomlog.local.template.HandlerCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
 * @param plan which faults strike at random, in the gateway, the streams and the tables
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
    FaultPlan plan) {
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
        FaultPlan.none());
  }

  /** The folder that keeps the tables, if they are kept. */
  public Optional<Path> dataFolder() {
    return Optional.ofNullable(data);
  }

  /** The folder that the paths in the template are relative to. */
  public Path templateFolder() {
    return template.toAbsolutePath().resolveSibling("");
  }

  /** The same on a port. */
  public RunOptions onPort(int newPort) {
    return new RunOptions(
        template,
        parameters,
        newPort,
        data,
        poll,
        handlers,
        mode,
        environmentsMax,
        around,
        gateway,
        faults,
        tableFaults,
        plan);
  }

  /** The same with the tables kept in a folder. */
  public RunOptions keptIn(Path folder) {
    return new RunOptions(
        template,
        parameters,
        port,
        folder,
        poll,
        handlers,
        mode,
        environmentsMax,
        around,
        gateway,
        faults,
        tableFaults,
        plan);
  }

  /** The same with values for the template's parameters. */
  public RunOptions with(Map<String, String> newParameters) {
    return new RunOptions(
        template,
        newParameters,
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
        plan);
  }

  /** The same with streams polled at another pace. */
  public RunOptions polling(Duration newPoll) {
    return new RunOptions(
        template,
        parameters,
        port,
        data,
        newPoll,
        handlers,
        mode,
        environmentsMax,
        around,
        gateway,
        faults,
        tableFaults,
        plan);
  }

  /** The same with a look at the functions' code before anything starts. */
  public RunOptions checking(HandlerCheck newHandlers) {
    return new RunOptions(
        template,
        parameters,
        port,
        data,
        poll,
        newHandlers,
        mode,
        environmentsMax,
        around,
        gateway,
        faults,
        tableFaults,
        plan);
  }

  /** The same with the functions run elsewhere. */
  public RunOptions in(FunctionMode newMode) {
    return new RunOptions(
        template,
        parameters,
        port,
        data,
        poll,
        handlers,
        newMode,
        environmentsMax,
        around,
        gateway,
        faults,
        tableFaults,
        plan);
  }

  /** The same with another number of environments a function, at least 1. */
  public RunOptions atMost(int newEnvironmentsMax) {
    return new RunOptions(
        template,
        parameters,
        port,
        data,
        poll,
        handlers,
        mode,
        newEnvironmentsMax,
        around,
        gateway,
        faults,
        tableFaults,
        plan);
  }

  /** The same with what invokes the functions wrapped. */
  public RunOptions around(UnaryOperator<Functions> newAround) {
    return new RunOptions(
        template,
        parameters,
        port,
        data,
        poll,
        handlers,
        mode,
        environmentsMax,
        newAround,
        gateway,
        faults,
        tableFaults,
        plan);
  }

  /** The same with the gateway's configuration changed. */
  public RunOptions gateway(UnaryOperator<GatewayConfiguration> newGateway) {
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
        newGateway,
        faults,
        tableFaults,
        plan);
  }

  /** The same with a gateway that misbehaves. */
  public RunOptions faults(Faults newFaults) {
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
        newFaults,
        tableFaults,
        plan);
  }

  /** The same with tables that misbehave. */
  public RunOptions tableFaults(CallFaults newTableFaults) {
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
        newTableFaults,
        plan);
  }

  /** The same with faults that strike at random. */
  public RunOptions struckBy(FaultPlan newPlan) {
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
        newPlan);
  }
}
