package io.roomlog.local.gateway;

import static io.roomlog.local.gateway.Gateways.gateway;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomlog.local.gateway.Gateways.Connected;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.ApiGatewayManagementApiException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.LimitExceededException;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SeededFaultsTest {

  private static final long SEED = 7;

  private final SeededFaults faults = new SeededFaults(new Random(SEED));

  @Test
  void aPostMayBeGoneAlthoughTheConnectionLives() throws Exception {
    try (var gateway = gateway().route("$connect").faults(faults).start();
        var sdk = gateway.sdk();
        var connected = gateway.connected()) {
      faults.strikeWith(Fault.POST_GONE, 1);
      assertThatThrownBy(() -> post(sdk, connected, "lost")).isInstanceOf(GoneException.class);
      assertThat(faults.strikes(Fault.POST_GONE)).isOne();

      sdk.getConnection(b -> b.connectionId(connected.id()));
      assertRecovers(sdk, connected, Fault.POST_GONE);
    }
  }

  @Test
  void aPostMayBeThrottled() throws Exception {
    try (var gateway = gateway().route("$connect").faults(faults).start();
        var sdk = gateway.sdk();
        var connected = gateway.connected()) {
      faults.strikeWith(Fault.POST_THROTTLED, 1);
      assertThatThrownBy(() -> post(sdk, connected, "lost"))
          .isInstanceOf(LimitExceededException.class);

      assertRecovers(sdk, connected, Fault.POST_THROTTLED);
    }
  }

  @Test
  void aPostMayFail() throws Exception {
    try (var gateway = gateway().route("$connect").faults(faults).start();
        var sdk = gateway.sdk();
        var connected = gateway.connected()) {
      faults.strikeWith(Fault.POST_FAILED, 1);
      assertFailsWith500(sdk, connected, "lost");

      assertRecovers(sdk, connected, Fault.POST_FAILED);
    }
  }

  @Test
  void aPostMayFailAndBeDeliveredYet() throws Exception {
    try (var gateway = gateway().route("$connect").faults(faults).start();
        var sdk = gateway.sdk();
        var connected = gateway.connected()) {
      faults.strikeWith(Fault.POST_DELIVERED_YET_FAILED, 1);
      assertFailsWith500(sdk, connected, "delivered");

      assertThat(connected.client().take()).isEqualTo("delivered");
      assertRecovers(sdk, connected, Fault.POST_DELIVERED_YET_FAILED);
    }
  }

  @Test
  void aPostMayHangWhileOthersGoThrough() throws Exception {
    try (var gateway = gateway().route("$connect").faults(faults).start();
        var sdk = gateway.sdk();
        var connected = gateway.connected()) {
      faults.strikeWith(Fault.POST_HANGS, 1);
      var hanging =
          CompletableFuture.supplyAsync(
              () ->
                  sdk.postToConnection(
                      b ->
                          b.connectionId(connected.id())
                              .data(SdkBytes.fromUtf8String("lost"))
                              .overrideConfiguration(
                                  o -> o.apiCallTimeout(Duration.ofSeconds(2)))));
      Await.until("the fault struck", () -> faults.strikes(Fault.POST_HANGS) == 1);

      assertRecovers(sdk, connected, Fault.POST_HANGS);
      assertThatThrownBy(() -> hanging.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ApiCallTimeoutException.class);
    }
  }

  @Test
  void aConnectionMayVanishWithoutATrace() throws Exception {
    try (var gateway = gateway().route("$connect").route("$disconnect").faults(faults).start();
        var sdk = gateway.sdk();
        var client = RawClient.connect(gateway.server().address())) {
      String id = gateway.functions().take("$connect").at("/requestContext/connectionId").asText();
      faults.strikeWith(Fault.CONNECTION_VANISHES, 1);
      sdk.postToConnection(b -> b.connectionId(id).data(SdkBytes.fromUtf8String("lost")));
      faults.strikeWith(Fault.CONNECTION_VANISHES, 0);

      assertThat(client.ended()).isTrue();
      assertThatThrownBy(
              () ->
                  sdk.postToConnection(
                      b -> b.connectionId(id).data(SdkBytes.fromUtf8String("gone"))))
          .isInstanceOf(GoneException.class);
      gateway.server().stop();
      assertThat(gateway.functions().untaken("$disconnect")).isZero();
      assertThat(faults.strikes(Fault.CONNECTION_VANISHES)).isOne();
    }
  }

  @Test
  void disconnectMayBeDropped() throws Exception {
    try (var gateway = gateway().route("$disconnect").faults(faults).start()) {
      faults.strikeWith(Fault.DISCONNECT_DROPPED, 1);
      gateway.connect().close(1000, "");
      Await.until("the fault struck", () -> faults.strikes(Fault.DISCONNECT_DROPPED) == 1);
      faults.strikeWith(Fault.DISCONNECT_DROPPED, 0);
      gateway.connect().close(1000, "");

      gateway.functions().take("$disconnect");
      assertThat(gateway.functions().untaken("$disconnect")).isZero();
    }
  }

  @Test
  void theSameSeedStrikesAlike() {
    assertThat(struck(SEED)).isEqualTo(struck(SEED)).isNotEqualTo(struck(SEED + 1));
  }

  @Test
  void aFaultStrikesAsOftenAsItIsTold() {
    struck(faults);

    assertThat(faults.strikes(Fault.POST_GONE)).isBetween(250L, 350L);
    assertThat(faults.strikes(Fault.POST_FAILED)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.001, 1.001, Double.NaN})
  void aProbabilityOutsideOfItsRangeIsRefused(double probability) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.strikeWith(Fault.POST_GONE, probability))
        .withMessageContaining("post-gone")
        .withMessageContaining("0 to 1");
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aFaultIsFoundByItsLabel(Fault fault) {
    assertThat(Fault.labelled(fault.label())).contains(fault);
  }

  private static List<Boolean> struck(long seed) {
    return struck(new SeededFaults(new Random(seed)));
  }

  private static List<Boolean> struck(SeededFaults faults) {
    faults.strikeWith(Fault.POST_GONE, 0.3);
    return Stream.generate(() -> faults.onPost("id").isPresent()).limit(1000).toList();
  }

  private void assertRecovers(ApiGatewayManagementApiClient sdk, Connected connected, Fault fault)
      throws Exception {
    faults.strikeWith(fault, 0);
    post(sdk, connected, "fine again");
    assertThat(connected.client().take()).isEqualTo("fine again");
    assertThat(faults.strikes(fault)).isOne();
  }

  private static void assertFailsWith500(
      ApiGatewayManagementApiClient sdk, Connected connected, String text) {
    assertThatThrownBy(() -> post(sdk, connected, text))
        .isInstanceOfSatisfying(
            ApiGatewayManagementApiException.class, e -> assertThat(e.statusCode()).isEqualTo(500));
  }

  private static void post(ApiGatewayManagementApiClient sdk, Connected to, String text) {
    sdk.postToConnection(b -> b.connectionId(to.id()).data(SdkBytes.fromUtf8String(text)));
  }
}
