package io.roomlog.local.gateway;

import io.roomlog.local.deployment.Api;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/** Builds a started gateway for a test, with what the test wants different. */
final class Gateways {

  static final String ACCESS_KEY = "AKIDEXAMPLE";
  static final long SEED = 42;

  private final Map<String, Api.Route> routes = new HashMap<>();
  private final ScriptedFunctions functions = new ScriptedFunctions();
  private String selection = "$request.body.action";
  private InstantSource clock = InstantSource.system();
  private CallPermissions permissions = CallPermissions.allowAll();
  private Faults faults = Faults.none();
  private OperatorView view = OperatorView.none();
  private Api.@Nullable Throttling throttling;
  private PageFiles page = PageFiles.none();
  private UnaryOperator<GatewayConfiguration> configured = UnaryOperator.identity();

  static Gateways gateway() {
    return new Gateways();
  }

  /** A route whose function has the key as its name. */
  Gateways route(String key) {
    routes.put(key, new Api.Route(key, key, null, false));
    return this;
  }

  Gateways twoWay(String key) {
    routes.put(key, new Api.Route(key, key, null, true));
    return this;
  }

  /** A {@code $connect} behind an authorizer whose function is "authorizer". */
  Gateways authorized() {
    String key = RouteSelector.CONNECT;
    routes.put(key, new Api.Route(key, key, "authorizer", false));
    return this;
  }

  Gateways selecting(String expression) {
    selection = expression;
    return this;
  }

  Gateways clock(InstantSource source) {
    clock = source;
    return this;
  }

  Gateways permissions(CallPermissions given) {
    permissions = given;
    return this;
  }

  Gateways faults(Faults given) {
    faults = given;
    return this;
  }

  Gateways showing(OperatorView given) {
    view = given;
    return this;
  }

  Gateways throttled(Api.Throttling given) {
    throttling = given;
    return this;
  }

  Gateways page(PageFiles given) {
    page = given;
    return this;
  }

  Gateways configured(UnaryOperator<GatewayConfiguration> change) {
    configured = change;
    return this;
  }

  RunningGateway start() throws PortTakenException {
    GatewayConfiguration defaults =
        GatewayConfiguration.onPort(0, clock, RandomGenerator.of("L64X128MixRandom"));
    Api api = new Api("abcdef1234", "Prod", selection, routes, throttling);
    GatewayServer server =
        new GatewayServer(
            configured.apply(defaults),
            api,
            functions,
            permissions,
            faults,
            view,
            Optional.empty(),
            page);
    server.start();
    return new RunningGateway(server, functions);
  }

  /** A gateway that listens, with what talks to it. */
  record RunningGateway(GatewayServer server, ScriptedFunctions functions)
      implements AutoCloseable {

    TestClient connect(String... subprotocols) throws Exception {
      return TestClient.connect(server.address(), subprotocols);
    }

    /** Connects, and tells the connection's id; the API must have a {@code $connect}. */
    Connected connected() throws Exception {
      TestClient client = connect();
      String id = functions.take(RouteSelector.CONNECT).at("/requestContext/connectionId").asText();
      return new Connected(client, id);
    }

    URI address(String query) {
      return URI.create(server.address() + query);
    }

    ApiGatewayManagementApiClient sdk() {
      return sdk(server.connectionsEndpoint());
    }

    ApiGatewayManagementApiClient sdk(URI endpoint) {
      return ApiGatewayManagementApiClient.builder()
          .endpointOverride(endpoint)
          .region(Region.US_EAST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, "secret")))
          .httpClient(UrlConnectionHttpClient.create())
          .overrideConfiguration(c -> c.retryStrategy(b -> b.maxAttempts(1)))
          .build();
    }

    @Override
    public void close() {
      try {
        server.stop();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while the gateway stopped", e);
      }
    }
  }

  /** A client and its connection's id. */
  record Connected(TestClient client, String id) implements AutoCloseable {
    @Override
    public void close() {
      client.close();
    }
  }
}
