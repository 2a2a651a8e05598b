package io.roomlog.local.gateway;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway is told at its start. The defaults are AWS's quotas
 * (docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html).
 *
 * @param port the port on loopback; 0 takes any that is free
 * @param region the region that ARNs name
 * @param accountId the account that ARNs name
 * @param idleTimeout after which a connection without traffic is closed with 1001
 * @param lifetime after which a connection is closed with 1001, whatever its traffic
 * @param integrationTimeout how long a function is waited for; AWS allows 50 ms to 29 s
 * @param sweepInterval how often connections are looked at for the two timeouts above
 * @param stopTimeout how long {@link GatewayServer#stop()} waits for connections to close and for
 *     their {@code $disconnect} invocations
 * @param sendBufferBytes what may wait for one client to read it; a post beyond it answers 429
 * @param accountRate the account's rate, or null for none
 * @param clock the time in events and for the timeouts
 * @param random where connection and request ids come from; used by one thread at a time
 */
public record GatewayConfiguration(
    int port,
    String region,
    String accountId,
    Duration idleTimeout,
    Duration lifetime,
    Duration integrationTimeout,
    Duration sweepInterval,
    Duration stopTimeout,
    int sendBufferBytes,
    @Nullable AccountRate accountRate,
    InstantSource clock,
    RandomGenerator random) {

  /** AWS's upper limit of an integration. */
  public static final Duration INTEGRATION_TIMEOUT_MAX = Duration.ofSeconds(29);

  /** AWS's lower limit of an integration. */
  public static final Duration INTEGRATION_TIMEOUT_MIN = Duration.ofMillis(50);

  /** The smallest send buffer: it takes at least one message of the largest size. */
  public static final int SEND_BUFFER_BYTES_MIN = 256 * 1024;

  private static final int PORT_MAX = 65_535;

  /** Checks every limit. */
  public GatewayConfiguration {
    if (port < 0 || port > PORT_MAX) {
      throw new IllegalArgumentException("port is " + port + "; it must be 0 to " + PORT_MAX);
    }
    if (integrationTimeout.compareTo(INTEGRATION_TIMEOUT_MIN) < 0
        || integrationTimeout.compareTo(INTEGRATION_TIMEOUT_MAX) > 0) {
      throw new IllegalArgumentException(
          "integrationTimeout is %s; it must be %s to %s"
              .formatted(integrationTimeout, INTEGRATION_TIMEOUT_MIN, INTEGRATION_TIMEOUT_MAX));
    }
    if (sendBufferBytes < SEND_BUFFER_BYTES_MIN) {
      throw new IllegalArgumentException(
          "sendBufferBytes is %d; it must be at least %d"
              .formatted(sendBufferBytes, SEND_BUFFER_BYTES_MIN));
    }
    requirePositive("idleTimeout", idleTimeout);
    requirePositive("lifetime", lifetime);
    requirePositive("sweepInterval", sweepInterval);
    requirePositive("stopTimeout", stopTimeout);
  }

  /**
   * AWS's quotas on a port.
   *
   * @param port the port, or 0 for any that is free
   * @param clock the time
   * @param random where ids come from
   */
  public static GatewayConfiguration onPort(int port, InstantSource clock, RandomGenerator random) {
    return new GatewayConfiguration(
        port,
        "us-east-1",
        "123456789012",
        Duration.ofMinutes(10),
        Duration.ofHours(2),
        INTEGRATION_TIMEOUT_MAX,
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        1024 * 1024,
        null,
        clock,
        random);
  }

  /** The account's rate, if one is enforced. */
  public Optional<AccountRate> rate() {
    return Optional.ofNullable(accountRate);
  }

  /** The same with another region and account, which ARNs name. */
  public GatewayConfiguration withAccount(String newRegion, String newAccountId) {
    return changed(
        draft -> {
          draft.region = newRegion;
          draft.accountId = newAccountId;
        });
  }

  /** The same with other timeouts of a connection, looked at every {@code newSweepInterval}. */
  public GatewayConfiguration withConnectionTimeouts(
      Duration newIdleTimeout, Duration newLifetime, Duration newSweepInterval) {
    return changed(
        draft -> {
          draft.idleTimeout = newIdleTimeout;
          draft.lifetime = newLifetime;
          draft.sweepInterval = newSweepInterval;
        });
  }

  /** The same with another integration timeout. */
  public GatewayConfiguration withIntegrationTimeout(Duration newIntegrationTimeout) {
    return changed(draft -> draft.integrationTimeout = newIntegrationTimeout);
  }

  /** The same with another size of every client's send buffer. */
  public GatewayConfiguration withSendBufferBytes(int newSendBufferBytes) {
    return changed(draft -> draft.sendBufferBytes = newSendBufferBytes);
  }

  /** The same with the account's rate enforced. */
  public GatewayConfiguration withAccountRate(AccountRate newAccountRate) {
    return changed(draft -> draft.accountRate = newAccountRate);
  }

  private GatewayConfiguration changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.configuration();
  }

  /** A configuration that is being changed. */
  private static final class Draft {
    private final int port;
    private String region;
    private String accountId;
    private Duration idleTimeout;
    private Duration lifetime;
    private Duration integrationTimeout;
    private Duration sweepInterval;
    private final Duration stopTimeout;
    private int sendBufferBytes;
    private @Nullable AccountRate accountRate;
    private final InstantSource clock;
    private final RandomGenerator random;

    private Draft(GatewayConfiguration from) {
      port = from.port;
      region = from.region;
      accountId = from.accountId;
      idleTimeout = from.idleTimeout;
      lifetime = from.lifetime;
      integrationTimeout = from.integrationTimeout;
      sweepInterval = from.sweepInterval;
      stopTimeout = from.stopTimeout;
      sendBufferBytes = from.sendBufferBytes;
      accountRate = from.accountRate;
      clock = from.clock;
      random = from.random;
    }

    private GatewayConfiguration configuration() {
      return new GatewayConfiguration(
          port,
          region,
          accountId,
          idleTimeout,
          lifetime,
          integrationTimeout,
          sweepInterval,
          stopTimeout,
          sendBufferBytes,
          accountRate,
          clock,
          random);
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be above zero");
    }
  }
}
