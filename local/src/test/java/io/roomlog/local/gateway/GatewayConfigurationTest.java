package io.roomlog.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayConfigurationTest {

  private static final long SEED = 1;

  private final GatewayConfiguration configuration = onPort(3001);

  @Test
  void theDefaultsAreTheQuotasOfAws() {
    assertThat(configuration.idleTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(configuration.lifetime()).isEqualTo(Duration.ofHours(2));
    assertThat(configuration.integrationTimeout()).isEqualTo(Duration.ofSeconds(29));
    assertThat(configuration.rate()).isEmpty();
    assertThat(AccountRate.AWS_DEFAULT).isEqualTo(new AccountRate(10_000, 5_000));
  }

  @Test
  void anIntegrationTakes50MillisecondsTo29Seconds() {
    configuration.withIntegrationTimeout(Duration.ofMillis(50));
    configuration.withIntegrationTimeout(Duration.ofSeconds(29));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> configuration.withIntegrationTimeout(Duration.ofMillis(49)))
        .withMessageContaining("integrationTimeout is PT0.049S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> configuration.withIntegrationTimeout(Duration.ofMillis(29_001)))
        .withMessageContaining("PT29S");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65_535})
  void aPortIsTaken(int port) {
    assertThat(onPort(port).port()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void anotherNumberIsNoPort(int port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> onPort(port))
        .withMessageContaining("port is " + port);
  }

  @Test
  void timeoutsAreAboveZero() {
    Duration second = Duration.ofSeconds(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> configuration.withConnectionTimeouts(Duration.ZERO, second, second))
        .withMessageContaining("idleTimeout");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> configuration.withConnectionTimeouts(second, Duration.ZERO, second))
        .withMessageContaining("lifetime");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> configuration.withConnectionTimeouts(second, second, Duration.ofNanos(-1)))
        .withMessageContaining("sweepInterval");
  }

  @Test
  void theSendBufferHasRoomForTheLargestMessage() {
    int least = GatewayConfiguration.SEND_BUFFER_BYTES_MIN;

    assertThat(least).isGreaterThan(MessageAssembler.MESSAGE_BYTES_MAX);
    assertThat(configuration.withSendBufferBytes(least).sendBufferBytes()).isEqualTo(least);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> configuration.withSendBufferBytes(least - 1))
        .withMessageContaining("sendBufferBytes is " + (least - 1));
  }

  @Test
  void aChangeLeavesTheRestAsItWas() {
    GatewayConfiguration changed =
        configuration
            .withAccount("eu-west-1", "000000000000")
            .withAccountRate(AccountRate.AWS_DEFAULT)
            .withSendBufferBytes(GatewayConfiguration.SEND_BUFFER_BYTES_MIN)
            .withIntegrationTimeout(Duration.ofSeconds(1))
            .withConnectionTimeouts(
                Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(4));

    assertThat(changed)
        .isEqualTo(
            new GatewayConfiguration(
                3001,
                "eu-west-1",
                "000000000000",
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Duration.ofSeconds(4),
                configuration.stopTimeout(),
                GatewayConfiguration.SEND_BUFFER_BYTES_MIN,
                AccountRate.AWS_DEFAULT,
                configuration.clock(),
                configuration.random()));
  }

  private static GatewayConfiguration onPort(int port) {
    return GatewayConfiguration.onPort(port, InstantSource.system(), new Random(SEED));
  }
}
