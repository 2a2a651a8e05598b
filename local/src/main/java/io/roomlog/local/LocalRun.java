package io.roomlog.local;

import io.roomlog.local.deployment.Deployment;
import io.roomlog.local.deployment.Table;
import io.roomlog.local.functions.Functions;
import io.roomlog.local.functions.HandlerMissingException;
import io.roomlog.local.functions.PooledFunctions;
import io.roomlog.local.functions.RuntimeClientException;
import io.roomlog.local.gateway.GatewayServer;
import io.roomlog.local.gateway.GatewayStartException;
import io.roomlog.local.gateway.OperatorView;
import io.roomlog.local.gateway.PortTakenException;
import io.roomlog.local.queues.Queues;
import io.roomlog.local.queues.QueuesStartException;
import io.roomlog.local.tables.DataFolderException;
import io.roomlog.local.tables.TablesStartException;
import io.roomlog.local.template.TemplateProblems;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A template that runs on this machine: its tables, functions, gateway and stream mappings, all on
 * loopback.
 */
public final class LocalRun implements AutoCloseable {
  private final Deployment deployment;
  private final GatewayServer gateway;
  private final Functions functions;
  private final PooledFunctions environments;
  private final Queues queues;
  private final URI sqs;
  private final URI dynamoDb;
  private final FaultInjection faults;
  private final Started started;

  LocalRun(
      Deployment deployment,
      GatewayServer gateway,
      Functions functions,
      PooledFunctions environments,
      Queues queues,
      URI sqs,
      URI dynamoDb,
      FaultInjection faults,
      Started started) {
    this.deployment = deployment;
    this.gateway = gateway;
    this.functions = functions;
    this.environments = environments;
    this.queues = queues;
    this.sqs = sqs;
    this.dynamoDb = dynamoDb;
    this.faults = faults;
    this.started = started;
  }

  /**
   * Starts a template and returns once it can be used.
   *
   * @throws StartException if it cannot start; nothing is left running then
   * @throws InterruptedException if the calling thread is interrupted; nothing is left running then
   */
  public static LocalRun start(RunOptions options) throws InterruptedException {
    return start(options, deployment -> {});
  }

  /**
   * Starts a template as {@link #start(RunOptions)} does.
   *
   * @param starting is told what is being started, once its template is known to be right and its
   *     port and its data folder are its own
   */
  public static LocalRun start(RunOptions options, Consumer<Deployment> starting)
      throws InterruptedException {
    Started started = new Started();
    try {
      return new Composition(options, started).compose(starting);
    } catch (PortTakenException e) {
      String mend = ": end that one, or choose another with --port";
      throw ended(started, new StartException(e.getMessage() + mend, e));
    } catch (TemplateProblems
        | DataFolderException
        | TablesStartException
        | QueuesStartException
        | HandlerMissingException
        | RuntimeClientException
        | GatewayStartException e) {
      throw ended(started, new StartException(String.valueOf(e.getMessage()), e));
    } catch (InterruptedException e) {
      throw ended(started, e);
    } catch (RuntimeException e) {
      throw ended(started, e);
    }
  }

  private static <E extends Exception> E ended(Started started, E why) {
    try {
      started.end();
    } catch (IllegalStateException e) {
      why.addSuppressed(e);
    }
    return why;
  }

  /** What the template deploys. */
  public Deployment deployment() {
    return deployment;
  }

  /** The gateway's port. */
  public int port() {
    return gateway.port();
  }

  /** The stage, which is the first segment of every path. */
  public String stage() {
    return deployment.api().stage();
  }

  /** Where clients connect, e.g. {@code ws://localhost:3001/Prod}. */
  public URI address() {
    return gateway.address();
  }

  /** Where the {@code @connections} API is, e.g. {@code http://localhost:3001/Prod}. */
  public URI connectionsEndpoint() {
    return gateway.connectionsEndpoint();
  }

  /** Where a look at the run is, as JSON; for callers on this machine only. */
  public URI operatorView() {
    return URI.create("http://localhost:" + port() + OperatorView.PATH);
  }

  /** Where the metrics are, in Prometheus's text format; for callers on this machine only. */
  public URI metrics() {
    return URI.create("http://localhost:" + port() + OperatorView.METRICS_PATH);
  }

  /** Where the chat page is, if the run shows one; for browsers on this machine only. */
  public Optional<URI> page() {
    return gateway.page();
  }

  /** How many clients are connected. */
  public int connections() {
    return gateway.connections();
  }

  /** Where DynamoDB and DynamoDB Streams are; any credentials and any region will do. */
  public URI dynamoDb() {
    return dynamoDb;
  }

  /** The physical names of the tables by their logical ids. */
  public Map<String, String> tableNames() {
    return deployment.tables().stream()
        .collect(Collectors.toUnmodifiableMap(Table::logicalId, Table::name));
  }

  /** Where SQS is; any credentials and any region will do. */
  public URI sqs() {
    return sqs;
  }

  /** The queues, e.g. that of batches given up. */
  public Queues queues() {
    return queues;
  }

  /** Invokes the template's functions. */
  public Functions functions() {
    return functions;
  }

  /**
   * The processes of a function's environments, busy or frozen; none if functions run in this
   * process.
   *
   * @param function its logical id
   */
  public List<ProcessHandle> processes(String function) {
    return environments.processes(function);
  }

  /** How often each fault of the plan has struck so far, by its name; none if none was planned. */
  public Map<String, Long> faultsStruck() {
    return faults.struck();
  }

  /**
   * Ends it: the stream batches in flight finish (within 10 s), connections are closed with 1001
   * and their {@code $disconnect} runs (within 10 s), then functions and tables end. A second call
   * does nothing.
   */
  @Override
  public void close() {
    started.end();
  }
}
