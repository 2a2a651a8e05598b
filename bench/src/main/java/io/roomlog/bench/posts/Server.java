package io.roomlog.bench.posts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The process that is posted to: HTTP/1.1 under TLS 1.3 on loopback, takes every body whole and
 * answers 200. Says its port first, and on each line of input its processor time and its posts.
 * Arguments: the key store and its password.
 */
public final class Server {

  private static final LongAdder POSTS = new LongAdder();

  private Server() {}

  /** Runs until its input ends. */
  public static void main(String[] arguments) throws Exception {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStorePath(arguments[0]);
    tls.setKeyStorePassword(arguments[1]);
    tls.setIncludeProtocols("TLSv1.3");
    HttpConfiguration http = new HttpConfiguration();
    http.addCustomizer(new SecureRequestCustomizer(false));
    var server = new org.eclipse.jetty.server.Server();
    ServerConnector connector =
        new ServerConnector(
            server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new TakesEverything());
    server.start();
    System.out.println(connector.getLocalPort());
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    while (commands.readLine() != null) {
      System.out.printf("%d %d %d%n", System.nanoTime(), system.getProcessCpuTime(), POSTS.sum());
    }
    System.exit(0);
  }

  private static final class TakesEverything extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Content.Source.consumeAll(
          request,
          Callback.from(
              () -> {
                POSTS.increment();
                response.write(true, BufferUtil.EMPTY_BUFFER, callback);
              },
              callback::failed));
      return true;
    }
  }
}
