package io.roomlog.local;

import io.roomlog.local.Started.Part;
import io.roomlog.local.deployment.Deployment;
import io.roomlog.local.functions.Deployed;
import io.roomlog.local.functions.Endpoints;
import io.roomlog.local.functions.Functions;
import io.roomlog.local.functions.PooledFunctions;
import io.roomlog.local.functions.Role;
import io.roomlog.local.gateway.CallPermissions;
import io.roomlog.local.gateway.GatewayConfiguration;
import io.roomlog.local.gateway.GatewayServer;
import io.roomlog.local.gateway.PortTakenException;
import io.roomlog.local.policies.Call;
import io.roomlog.local.policies.Policies;
import io.roomlog.local.policies.PolicyFront;
import io.roomlog.local.stream.CheckpointStore;
import io.roomlog.local.stream.DynamoDbStreamSource;
import io.roomlog.local.stream.EventSourceMappings;
import io.roomlog.local.stream.FileCheckpoints;
import io.roomlog.local.stream.InMemoryCheckpoints;
import io.roomlog.local.stream.Pace;
import io.roomlog.local.tables.DataFolder;
import io.roomlog.local.tables.TablesServer;
import io.roomlog.local.template.Template;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.server.Handler;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Puts a run together, in the order in which its parts need one another, and at the same time what
 * does not: DynamoDB Local boots while the gateway binds its port, and the functions initialize
 * while the tables are created.
 */
final class Composition {
  /** DynamoDB Local cuts the time of a stream's record to the minute. */
  private static final Duration RECORD_TIME_PRECISION = Duration.ofMinutes(1);

  private static final String MANAGE_CONNECTIONS = "execute-api:ManageConnections";
  private static final String CHECKPOINTS = "checkpoints";

  private final RunOptions options;
  private final Started started;
  private final InstantSource clock = InstantSource.system();
  private final RandomGenerator random = new SecureRandom();

  Composition(RunOptions options, Started started) {
    this.options = options;
    this.started = started;
  }

  LocalRun compose(Consumer<Deployment> starting) throws PortTakenException, InterruptedException {
    Deployment deployment = Template.read(options.template(), options.parameters());
    Account account = Account.of(deployment);
    List<Role> roles = Role.all(deployment.functions());
    Policies policies = new Policies(roles);
    Background<TablesServer> booting =
        boot(behind -> new PolicyFront(behind, policies, account.region(), account.id()));
    LateFunctions late = new LateFunctions();
    GatewayServer gateway = gateway(deployment, account, late, permissions(policies));
    starting.accept(deployment);

    TablesServer tables = booting.await();
    Background<Map<String, String>> creating =
        Background.of("tables-create", () -> tables.create(deployment.tables()));
    Functions functions = functions(roles, account, tables, gateway);
    Map<String, String> streams = creating.await();
    late.arrive(functions);
    mappings(tables, functions).start(deployment, streams);
    return new LocalRun(deployment, gateway, functions, tables.endpoint(), started);
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

  private static CallPermissions permissions(Policies policies) {
    return (accessKeyId, call) ->
        policies
            .refusal(accessKeyId, List.of(new Call(MANAGE_CONNECTIONS, call.resourceArn())))
            .<CallPermissions.Decision>map(
                refusal -> new CallPermissions.Decision.Denied(refusal.message()))
            .orElseGet(CallPermissions.Decision.Allowed::new);
  }

  private GatewayServer gateway(
      Deployment deployment, Account account, LateFunctions functions, CallPermissions permissions)
      throws PortTakenException {
    GatewayConfiguration configuration =
        GatewayConfiguration.onPort(options.port(), clock, random)
            .withAccount(account.region(), account.id());
    GatewayServer gateway =
        new GatewayServer(
            options.gateway().apply(configuration),
            deployment.api(),
            functions,
            permissions,
            options.faults());
    started.endWith(
        Part.GATEWAY,
        () -> {
          functions.giveUp();
          gateway.stop();
        });
    gateway.start();
    return gateway;
  }

  private Functions functions(
      List<Role> roles, Account account, TablesServer tables, GatewayServer gateway)
      throws InterruptedException {
    Endpoints endpoints = new Endpoints(tables.endpoint(), gateway.connectionsEndpoint(), null);
    PooledFunctions functions =
        PooledFunctions.inProcess(
            Deployed.all(roles, endpoints, account.region()),
            options.environmentsMax(),
            Composition.class.getClassLoader(),
            clock,
            () -> UUID.randomUUID().toString());
    started.endWith(Part.FUNCTIONS, functions::close);
    functions.warm();
    return options.around().apply(functions);
  }

  private EventSourceMappings mappings(TablesServer tables, Functions functions) {
    DynamoDbStreamsClient streams = tables.streams();
    CheckpointStore checkpoints =
        options
            .dataFolder()
            .<CheckpointStore>map(folder -> new FileCheckpoints(folder.resolve(CHECKPOINTS)))
            .orElseGet(InMemoryCheckpoints::new);
    EventSourceMappings mappings =
        new EventSourceMappings(
            new DynamoDbStreamSource(streams, RECORD_TIME_PRECISION),
            functions,
            new GivenUpLog(),
            checkpoints,
            Pace.LAMBDA.polling(options.poll()),
            clock,
            random);
    started.endWith(
        Part.MAPPINGS,
        () -> {
          mappings.close();
          streams.close();
        });
    return mappings;
  }
}
