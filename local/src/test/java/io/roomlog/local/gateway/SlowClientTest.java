package io.roomlog.local.gateway;

import static io.roomlog.local.gateway.Gateways.gateway;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.local.gateway.Gateways.RunningGateway;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.LimitExceededException;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SlowClientTest {

  private static final int RECEIVE_BUFFER_BYTES = 4096;
  private static final int POSTS_MAX = 1000;
  private static final int LETTERS = 30 * 1024;

  @Test
  void aSlowClientsBufferFillsUpAndNobodyElseIsSlowed() throws Exception {
    try (var gateway = gateway().route("$connect").start();
        var sdk = gateway.sdk();
        var slow = RawClient.connect(gateway.server().address(), RECEIVE_BUFFER_BYTES)) {
      String slowId = id(gateway);
      try (var quick = gateway.connected()) {
        int taken = postUntilFull(sdk, slowId);
        assertThat(taken).isPositive();

        post(sdk, quick.id(), "not slowed");
        assertThat(quick.client().take()).isEqualTo("not slowed");
        assertThat(slow.read().text()).startsWith("0-");
      }
    }
  }

  @Test
  void whatWasTakenComesInOrderOnceTheClientReadsAndThenThereIsRoomAgain() throws Exception {
    try (var gateway = gateway().route("$connect").start();
        var sdk = gateway.sdk();
        var slow = RawClient.connect(gateway.server().address(), RECEIVE_BUFFER_BYTES)) {
      String id = id(gateway);
      int taken = postUntilFull(sdk, id);

      for (int i = 0; i < taken; i++) {
        assertThat(slow.read().text()).startsWith(i + "-");
      }
      post(sdk, id, "room again");
      assertThat(slow.read().text()).isEqualTo("room again");
    }
  }

  @Test
  void aFullBufferDoesNotKeepTheGatewayFromStopping() throws Exception {
    var gateway = gateway().route("$connect").start();
    try (var sdk = gateway.sdk();
        var slow = RawClient.connect(gateway.server().address(), RECEIVE_BUFFER_BYTES)) {
      postUntilFull(sdk, id(gateway));

      gateway.server().stop();

      assertThat(gateway.server().connections()).isZero();
      slow.reset();
    }
  }

  private static int postUntilFull(ApiGatewayManagementApiClient sdk, String id) {
    for (int i = 0; i < POSTS_MAX; i++) {
      try {
        post(sdk, id, i + "-" + "a".repeat(LETTERS));
      } catch (LimitExceededException e) {
        return i;
      }
    }
    throw new AssertionError("never full");
  }

  private static void post(ApiGatewayManagementApiClient sdk, String id, String text) {
    sdk.postToConnection(b -> b.connectionId(id).data(SdkBytes.fromUtf8String(text)));
  }

  private static String id(RunningGateway gateway) throws InterruptedException {
    return gateway.functions().take("$connect").at("/requestContext/connectionId").asText();
  }
}
