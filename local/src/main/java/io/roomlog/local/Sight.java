package io.roomlog.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomlog.local.deployment.Deployment;
import io.roomlog.local.deployment.Function;
import io.roomlog.local.functions.PooledFunctions;
import io.roomlog.local.gateway.ConnectedClient;
import io.roomlog.local.gateway.GatewayServer;
import io.roomlog.local.gateway.OperatorView;
import io.roomlog.local.queues.MessageQueue;
import io.roomlog.local.queues.QueuesServer;
import io.roomlog.local.stream.MappingStatus;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** How a run is at this moment, as its operator sees it. */
final class Sight implements OperatorView {
  /** More connections are counted, not listed. */
  static final int CONNECTIONS_LISTED_MAX = 1_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Deployment deployment;
  private final URI dynamoDb;
  private final GatewayServer gateway;
  private final PooledFunctions environments;
  private final FunctionCounts counts;
  private final EventSources sources;
  private final URI sqs;
  private final FaultInjection faults;
  private final RecentEvents events;
  private final Meters meters;

  Sight(
      Deployment deployment,
      URI dynamoDb,
      GatewayServer gateway,
      PooledFunctions environments,
      FunctionCounts counts,
      EventSources sources,
      URI sqs,
      FaultInjection faults,
      RecentEvents events,
      Meters meters) {
    this.deployment = deployment;
    this.dynamoDb = dynamoDb;
    this.gateway = gateway;
    this.environments = environments;
    this.counts = counts;
    this.sources = sources;
    this.sqs = sqs;
    this.faults = faults;
    this.events = events;
    this.meters = meters;
  }

  @Override
  public Optional<String> json() {
    ObjectNode all = JSON.createObjectNode();
    endpoints(all.putObject("endpoints"));
    connections(all.putObject("connections"), gateway.connections(), gateway.clients());
    ObjectNode byFunction = all.putObject("functions");
    deployment.functions().forEach(each -> function(byFunction.putObject(each.logicalId()), each));
    ObjectNode tables = all.putObject("tables");
    deployment.tables().forEach(table -> tables.put(table.logicalId(), table.name()));
    ObjectNode mappings = all.putObject("mappings");
    sources.status().forEach(each -> mapping(mappings.putObject(each.mapping()), each));
    ObjectNode queues = all.putObject("queues");
    sources
        .queues()
        .all()
        .forEach(each -> queue(queues.putObject(each.settings().logicalId()), each));
    ObjectNode struck = all.putObject("faultsStruck");
    faults.struck().forEach(struck::put);
    events.write(all.putArray("events"));
    return Optional.of(all.toPrettyString());
  }

  @Override
  public Optional<String> metrics() {
    return Optional.of(meters.text());
  }

  /** Lists the clients, up to the limit. */
  static void connections(ObjectNode into, int count, List<ConnectedClient> clients) {
    into.put("count", count);
    ArrayNode list = into.putArray("clients");
    clients.stream()
        .limit(CONNECTIONS_LISTED_MAX)
        .forEach(
            client ->
                list.addObject()
                    .put("connectionId", client.connectionId())
                    .put("connectedAt", client.connectedAt().toString())
                    .put("lastActiveAt", client.lastActiveAt().toString()));
  }

  private void endpoints(ObjectNode into) {
    into.put("clients", gateway.address().toString())
        .put("connections", gateway.connectionsEndpoint().toString())
        .put("dynamodb", dynamoDb.toString())
        .put("lambda", "http://localhost:" + gateway.port())
        .put("sqs", sqs.toString());
  }

  private void function(ObjectNode into, Function function) {
    FunctionCounts.Counts of = counts.of(function.logicalId());
    into.put("name", function.name())
        .put("environments", environments.environments(function.logicalId()))
        .put("invocations", of.invocations())
        .put("inFlight", of.inFlight())
        .put("failures", of.failures());
  }

  private static void mapping(ObjectNode into, MappingStatus status) {
    into.put("function", status.function())
        .put("invocations", status.counts().invocations())
        .put("failures", status.counts().failures())
        .put("recordsHandled", status.counts().handled())
        .put("recordsFiltered", status.counts().filtered())
        .put("recordsGivenUp", status.counts().givenUp());
    ArrayNode shards = into.putArray("shards");
    for (MappingStatus.Shard shard : status.shards()) {
      shards
          .addObject()
          .put("shardId", shard.id())
          .put("checkpoint", shard.checkpoint())
          .put("outstanding", shard.outstanding())
          .put("iteratorAgeMillis", shard.iteratorAge().toMillis());
    }
  }

  private void queue(ObjectNode into, MessageQueue queue) {
    MessageQueue.Depth depth = queue.depth();
    into.put("url", QueuesServer.url(sqs, queue.settings()).toString())
        .put("visible", depth.visible())
        .put("inFlight", depth.inFlight())
        .put("delayed", depth.delayed());
  }
}
