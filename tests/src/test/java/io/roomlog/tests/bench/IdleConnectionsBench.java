package io.roomlog.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.roomlog.tests.world.Client;
import io.roomlog.tests.world.RunProcess;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a local run takes to hold many connections on which nothing happens: {@code ./mvnw verify
 * -pl tests -am -Pidle-connections}.
 */
class IdleConnectionsBench {

  private static final int CONNECTIONS = 5_000;
  private static final int RESIDENT_MIB_MAX = 500;
  private static final int SECONDS_MAX = 600;

  /** What the JVM and the connections to DynamoDB need besides. */
  private static final int OTHER_FILES = 500;

  @Test
  @Timeout(SECONDS_MAX)
  void fiveThousandIdleConnectionsAreHeldInLittleMemory() throws Exception {
    requireFiles(CONNECTIONS + OTHER_FILES);
    try (RunProcess run = RunProcess.start()) {
      OptionalLong before = run.residentMib();
      long begin = System.nanoTime();
      List<Client> clients = Client.connectAll(CONNECTIONS, i -> run.address("name=user" + i));
      Duration connecting = Duration.ofNanos(System.nanoTime() - begin);
      OptionalLong holding = run.residentMib();
      // An action without a route is answered by the gateway itself, on the same connection.
      clients.forEach(client -> client.send("{\"action\":\"are you there\"}"));
      clients.forEach(client -> client.awaitFrames(1));
      System.out.printf(
          "%d idle connections (made in %d s): resident memory %s before, %s with them,"
              + " %s after each has been asked and has answered%n",
          CONNECTIONS, connecting.toSeconds(), mib(before), mib(holding), mib(run.residentMib()));
      clients.forEach(Client::cut);
      holding.ifPresent(mib -> assertThat(mib).as("MiB").isLessThan(RESIDENT_MIB_MAX));
    }
  }

  private static String mib(OptionalLong mib) {
    return mib.isPresent() ? mib.getAsLong() + " MiB" : "not measured (no /proc here)";
  }

  private static void requireFiles(long needed) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      assertThat(unix.getMaxFileDescriptorCount())
          .as("open files that a process may have: raise it with ulimit -n " + needed)
          .isGreaterThanOrEqualTo(needed);
    }
  }
}
