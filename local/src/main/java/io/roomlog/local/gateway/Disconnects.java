package io.roomlog.local.gateway;

import io.roomlog.local.deployment.Api;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs {@code $disconnect}: once the socket is gone, for a client's close and the gateway's alike,
 * with nobody waiting for its result. API Gateway calls it best-effort delivery, so a fault may
 * drop it
 * (docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html).
 */
final class Disconnects {

  private static final Logger log = LoggerFactory.getLogger(Disconnects.class);

  private final Api api;
  private final Events events;
  private final Integration integration;
  private final Faults faults;
  private final ExecutorService executor;

  Disconnects(
      Api api, Events events, Integration integration, Faults faults, ExecutorService executor) {
    this.api = api;
    this.events = events;
    this.integration = integration;
    this.faults = faults;
    this.executor = executor;
  }

  /**
   * Runs the route, if the API has one.
   *
   * @param whenDone run in any case, once nothing more will come of it
   */
  void run(Client client, Disconnection disconnection, Runnable whenDone) {
    var route = api.route(RouteSelector.DISCONNECT);
    if (route.isEmpty() || faults.onDisconnect(client.connectionId())) {
      whenDone.run();
      return;
    }
    try {
      executor.execute(
          () -> {
            try {
              call(route.get(), client, disconnection);
            } finally {
              whenDone.run();
            }
          });
    } catch (RejectedExecutionException e) {
      // The gateway has stopped waiting; the connection outlived it.
      log.atWarn().addKeyValue("connectionId", client.connectionId()).log("disconnect_lost");
      whenDone.run();
    }
  }

  private void call(Api.Route route, Client client, Disconnection disconnection) {
    String event = events.disconnect(client, disconnection);
    try {
      integration.call(route.function(), event);
    } catch (InterruptedException e) {
      log.atWarn().addKeyValue("connectionId", client.connectionId()).log("disconnect_interrupted");
      Thread.currentThread().interrupt();
    }
  }
}
