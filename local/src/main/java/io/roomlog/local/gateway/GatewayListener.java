package io.roomlog.local.gateway;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the book of connections, and passes on what happens on them. */
final class GatewayListener implements Connection.Listener {

  private static final Logger log = LoggerFactory.getLogger(GatewayListener.class);

  private final Connections connections;
  private final MessageDispatch dispatch;
  private final Disconnects disconnects;
  private final Outstanding outstanding = new Outstanding();
  private volatile boolean stopping;

  GatewayListener(Connections connections, MessageDispatch dispatch, Disconnects disconnects) {
    this.connections = connections;
    this.dispatch = dispatch;
    this.disconnects = disconnects;
  }

  /** Connections whose {@code $disconnect} has not ended yet, and messages being answered. */
  Outstanding outstanding() {
    return outstanding;
  }

  /** Closes every connection with 1001, also those whose handshake ends only now. */
  void closeAll() {
    stopping = true;
    connections.all().forEach(connection -> connection.close(Disconnection.GOING_AWAY));
  }

  @Override
  public void admitted(Connection connection) {
    outstanding.begin();
    connections.add(connection);
    log.atInfo().addKeyValue("connectionId", connection.client().connectionId()).log("connected");
    if (stopping) {
      connection.close(Disconnection.GOING_AWAY);
    }
  }

  @Override
  public void message(Connection connection, String text, Runnable whenDone) {
    outstanding.begin();
    dispatch.dispatch(
        connection,
        text,
        () -> {
          outstanding.end();
          whenDone.run();
        });
  }

  @Override
  public void closed(Connection connection, Disconnection disconnection) {
    connections.remove(connection);
    log.atInfo()
        .addKeyValue("connectionId", connection.client().connectionId())
        .addKeyValue("code", disconnection.code())
        .log("disconnected");
    if (connection.vanished()) {
      outstanding.end();
    } else {
      disconnects.run(connection.client(), disconnection, outstanding::end);
    }
  }
}
