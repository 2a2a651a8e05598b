package io.roomlog.local;

import io.roomlog.local.Started.Part;
import io.roomlog.local.deployment.Deployment;
import io.roomlog.local.functions.Deployed;
import io.roomlog.local.functions.Endpoints;
import io.roomlog.local.functions.FunctionCode;
import io.roomlog.local.functions.PooledFunctions;
import io.roomlog.local.functions.Role;
import io.roomlog.local.gateway.CallPermissions;
import io.roomlog.local.gateway.GatewayConfiguration;
import io.roomlog.local.gateway.GatewayServer;
import io.roomlog.local.gateway.PageFiles;
import io.roomlog.local.gateway.PortTakenException;
import io.roomlog.local.invoke.InvokeApi;
import io.roomlog.local.metrics.MetricTap;
import io.roomlog.local.policies.Call;
import io.roomlog.local.policies.Policies;
import io.roomlog.local.policies.PolicyFront;
import io.roomlog.local.queues.Queues;
import io.roomlog.local.queues.QueuesServer;
import io.roomlog.local.tables.DataFolder;
import io.roomlog.local.tables.TablesServer;
import io.roomlog.local.template.Template;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.server.Handler;

/**
 * Puts a run together, in the order in which its parts need one another, and at the same time what
 * does not: DynamoDB Local boots while the gateway binds its port, and the functions initialize
 * while the tables are created.
 */
final class Composition {
  private static final String MANAGE_CONNECTIONS = "execute-api:ManageConnections";

  private final RunOptions options;
  private final Started started;
  private final InstantSource clock = InstantSource.system();
  private final RandomGenerator random = new SecureRandom();
  private final FaultInjection faults;
  private final LateView view = new LateView();

  Composition(RunOptions options, Started started) {
    this.options = options;
    this.started = started;
    this.faults = new FaultInjection(options.plan());
  }

  LocalRun compose(Consumer<Deployment> starting) throws PortTakenException, InterruptedException {
    Deployment deployment =
        Template.read(
            options.template(),
            options.parameters(),
            LocalParameters.beside(options.parameters()),
            options.handlers());
    Account account = Account.of(deployment);
    List<Role> roles = Role.all(deployment.functions());
    Policies policies = new Policies(roles);
    Background<TablesServer> booting =
        boot(
            behind ->
                PolicyFront.ofDynamoDb(
                    faults.before(behind, roles, options.tableFaults()),
                    policies,
                    account.region(),
                    account.id()));
    Meters meters = new Meters(deployment.functions());
    started.endWith(Part.METRICS, MetricTap.to(meters::take)::close);
    LateFunctions late = new LateFunctions();
    GatewayServer gateway = gateway(deployment, account, late, policies);
    starting.accept(deployment);
    Queues queues = new Queues(deployment.queues(), clock, random);
    QueuesServer sqs = serve(queues, policies, account);

    TablesServer tables = booting.await();
    Background<Map<String, String>> creating =
        Background.of("tables-create", () -> tables.create(deployment.tables()));
    PooledFunctions pooled =
        functions(
            roles,
            account,
            new Endpoints(tables.endpoint(), gateway.connectionsEndpoint(), sqs.endpoint()));
    FunctionCounts functions = new FunctionCounts(options.around().apply(pooled));
    Map<String, String> streams = creating.await();
    faults
        .replica(tables, deployment.tables())
        .ifPresent(replica -> started.endWith(Part.REPLICA, replica::close));
    late.arrive(functions);
    EventSources sources =
        new EventSources(options, queues, tables, functions, faults, clock, random);
    started.endWith(Part.MAPPINGS, sources::end);
    sources.start(deployment, streams);
    meters.show(
        gateway, deployment.functions(), pooled, functions, sources, deployment.tables(), faults);
    view.arrive(
        new Sight(
            deployment,
            tables.endpoint(),
            gateway,
            pooled,
            functions,
            sources,
            sqs.endpoint(),
            faults,
            options.events(),
            meters));
    return new LocalRun(
        deployment,
        gateway,
        functions,
        pooled,
        queues,
        sqs.endpoint(),
        tables.endpoint(),
        faults,
        started);
  }

  private Background<TablesServer> boot(UnaryOperator<Handler> front) {
    Optional<DataFolder> folder = options.dataFolder().map(DataFolder::hold);
    folder.ifPresent(held -> started.endWith(Part.DATA_FOLDER, held::close));
    Background<TablesServer> booting =
        Background.of(
            "tables-boot",
            () ->
                folder
                    .map(held -> TablesServer.in(held, front))
                    .orElseGet(() -> TablesServer.inMemory(front)));
    started.endWith(Part.TABLES, () -> booting.end(TablesServer::close));
    return booting;
  }

  private QueuesServer serve(Queues queues, Policies policies, Account account) {
    QueuesServer server =
        QueuesServer.start(
            queues, behind -> PolicyFront.ofSqs(behind, policies, account.region(), account.id()));
    started.endWith(Part.QUEUES, server::close);
    return server;
  }

  private static CallPermissions permissions(Policies policies) {
    return (accessKeyId, call) ->
        policies
            .refusal(accessKeyId, List.of(new Call(MANAGE_CONNECTIONS, call.resourceArn())))
            .<CallPermissions.Decision>map(
                refusal -> new CallPermissions.Decision.Denied(refusal.message()))
            .orElseGet(CallPermissions.Decision.Allowed::new);
  }

  private GatewayServer gateway(
      Deployment deployment, Account account, LateFunctions functions, Policies policies)
      throws PortTakenException {
    GatewayConfiguration configuration =
        GatewayConfiguration.onPort(options.port(), clock, random)
            .withAccount(account.region(), account.id());
    GatewayServer gateway =
        new GatewayServer(
            options.gateway().apply(configuration),
            deployment.api(),
            functions,
            permissions(policies),
            faults.beside(options.faults()),
            view,
            Optional.of(new InvokeApi(deployment.functions(), functions, policies)),
            options.pageFolder().map(PageFiles::in).orElseGet(PageFiles::none));
    started.endWith(
        Part.GATEWAY,
        () -> {
          functions.giveUp();
          gateway.stop();
        });
    gateway.start();
    return gateway;
  }

  private PooledFunctions functions(List<Role> roles, Account account, Endpoints endpoints)
      throws InterruptedException {
    PooledFunctions functions = pooled(Deployed.all(roles, endpoints, account.region()));
    started.endWith(Part.FUNCTIONS, functions::close);
    if (options.mode() == FunctionMode.IN_PROCESS) {
      // A process is started by its first invocation, as on Lambda: ten JVMs at once are a wait.
      functions.warm();
    }
    return functions;
  }

  private PooledFunctions pooled(List<Deployed> functions) {
    Supplier<String> requestIds = () -> UUID.randomUUID().toString();
    return switch (options.mode()) {
      case IN_PROCESS ->
          PooledFunctions.inProcess(
              functions,
              options.environmentsMax(),
              FunctionCode.behind(
                  Composition.class.getClassLoader(),
                  functions.stream().map(Deployed::function).toList(),
                  options.templateFolder()),
              clock,
              requestIds,
              faults.ofFunctions());
      case PROCESS ->
          PooledFunctions.inProcessesOfTheirOwn(
              functions,
              options.templateFolder(),
              options.environmentsMax(),
              Runtime.getRuntime().availableProcessors(),
              clock,
              requestIds,
              faults.ofFunctions());
    };
  }
}
