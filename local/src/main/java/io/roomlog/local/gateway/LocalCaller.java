package io.roomlog.local.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Tells whether a request is one of somebody on this machine, and of no foreign web page. */
public final class LocalCaller {
  /** A page of another site whose name was made to lead here has a {@code Host} of its own. */
  private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private LocalCaller() {}

  /** Decides for a request. */
  static boolean is(Request request) {
    return is(
        request.getConnectionMetaData().getRemoteSocketAddress(), Request.getServerName(request));
  }

  /**
   * Decides by where a request comes from and which host it asks for.
   *
   * @param from the peer's address
   * @param host the name or address in the request's {@code Host} header, without the port
   */
  public static boolean is(@Nullable SocketAddress from, String host) {
    return from instanceof InetSocketAddress peer
        && isLoopback(peer.getAddress())
        && HOSTS.contains(host.toLowerCase(Locale.ROOT));
  }

  /** An address that is not resolved is none. */
  private static boolean isLoopback(@Nullable InetAddress address) {
    return address != null && address.isLoopbackAddress();
  }
}
