package io.roomlog.local.queues;

import java.net.InetAddress;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * The queues on a free port of the loopback interface. Its threads are virtual, since a receive may
 * wait for 20 s in its own.
 */
public final class QueuesServer implements AutoCloseable {
  private final Server server;
  private final ServerConnector connector;

  private QueuesServer(Queues queues, UnaryOperator<Handler> front) {
    VirtualThreadPool threads = new VirtualThreadPool();
    threads.setName("queues");
    server = new Server(threads);
    server.setHandler(front.apply(new SqsEndpoint(queues)));
    connector = new ServerConnector(server);
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    server.addConnector(connector);
  }

  /**
   * Serves queues.
   *
   * @param front wraps the handler of every request, e.g. to refuse some
   * @throws QueuesStartException if it cannot start; nothing is left running
   */
  public static QueuesServer start(Queues queues, UnaryOperator<Handler> front) {
    QueuesServer started = new QueuesServer(queues, front);
    try {
      started.server.start();
      return started;
    } catch (Exception e) {
      started.close();
      throw new QueuesStartException(e);
    }
  }

  /** Where SQS's calls go. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  /** Ends the server; a receive that still waits is cut off. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the queues' server did not stop", e);
    }
  }
}
