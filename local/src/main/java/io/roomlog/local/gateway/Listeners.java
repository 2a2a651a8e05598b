package io.roomlog.local.gateway;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Listens on loopback, on both 127.0.0.1 and, where the machine has it, ::1: {@code localhost} is
 * either, and some clients try one of them only.
 */
final class Listeners {

  /**
   * Connections that may wait to be accepted. The kernel's net.core.somaxconn caps it; where it is
   * too small, a storm of clients is dropped and left to TCP's retransmissions, seconds later.
   */
  static final int ACCEPT_QUEUE_SIZE = 4096;

  /** Longer than two integrations, for which a handshake may be held. */
  static final Duration HTTP_IDLE_TIMEOUT = Duration.ofMinutes(2);

  /**
   * What the kernel holds for one client. Left to itself it grows to megabytes, and a slow client
   * would be noticed only then.
   */
  static final int SOCKET_SEND_BUFFER_BYTES = 64 * 1024;

  /** Room for the longest URL beside headers of the usual size. */
  static final int HEADER_BYTES_MAX = 16 * 1024;

  private static final int PORT_ATTEMPTS_MAX = 10;

  private Listeners() {}

  /**
   * Opens the server's connectors.
   *
   * @param port the port, or 0 for one that is free on every address
   */
  static void open(Server server, int port) throws PortTakenException, IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        openAll(server, port);
        return;
      } catch (PortTakenException e) {
        if (port != 0 || attempt == PORT_ATTEMPTS_MAX) {
          throw e;
        }
      }
    }
  }

  private static void openAll(Server server, int port) throws PortTakenException, IOException {
    List<ServerConnector> opened = new ArrayList<>();
    try {
      int taken = port;
      for (InetAddress address : addresses()) {
        ServerConnector connector = connector(server, address, taken);
        opened.add(connector);
        open(connector);
        taken = connector.getLocalPort();
      }
    } catch (PortTakenException | IOException e) {
      opened.forEach(ServerConnector::close);
      throw e;
    }
    opened.forEach(server::addConnector);
  }

  private static void open(ServerConnector connector) throws PortTakenException, IOException {
    try {
      connector.open();
    } catch (IOException e) {
      if (e.getCause() instanceof BindException taken && isTaken(taken)) {
        throw new PortTakenException(connector.getPort(), taken);
      }
      throw e;
    }
  }

  private static boolean isTaken(BindException e) {
    return String.valueOf(e.getMessage()).contains("in use");
  }

  private static List<InetAddress> addresses() throws IOException {
    InetAddress v4 = InetAddress.ofLiteral("127.0.0.1");
    InetAddress v6 = InetAddress.ofLiteral("::1");
    return NetworkInterface.getByInetAddress(v6) == null ? List.of(v4) : List.of(v4, v6);
  }

  private static ServerConnector connector(Server server, InetAddress address, int port) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER_BYTES_MAX);
    // Functions see header values as the client wrote them.
    http.setHeaderCacheCaseSensitive(true);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(address.getHostAddress());
    connector.setPort(port);
    connector.setAcceptQueueSize(ACCEPT_QUEUE_SIZE);
    connector.setAcceptedSendBufferSize(SOCKET_SEND_BUFFER_BYTES);
    connector.setIdleTimeout(HTTP_IDLE_TIMEOUT.toMillis());
    return connector;
  }
}
