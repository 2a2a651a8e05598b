package io.roomlog.local.gateway;

import static io.roomlog.local.gateway.Gateways.gateway;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class MessageSizeTest {

  private static final int FRAME = 32 * 1024;

  @Test
  void aFrameOf32KilobytesIsRouted() throws Exception {
    try (var gateway = gateway().route("$default").start();
        var client = RawClient.connect(gateway.server().address())) {
      client.send(RawClient.TEXT, true, letters(FRAME));

      assertThat(gateway.functions().take("$default").path("body").asText()).hasSize(FRAME);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {FRAME + 1, 200 * 1024, 4 * 1024 * 1024})
  void aLargerFrameIsClosedWith1009(int bytes) throws Exception {
    try (var gateway = gateway().route("$default").start();
        var client = RawClient.connect(gateway.server().address())) {
      client.send(RawClient.TEXT, true, letters(bytes));

      assertThat(client.read().closeCode()).isEqualTo(1009);
      assertThat(gateway.functions().untaken("$default")).isZero();
    }
  }

  @Test
  void aMessageOf128KilobytesInFramesIsRouted() throws Exception {
    try (var gateway = gateway().route("$default").start();
        var client = RawClient.connect(gateway.server().address())) {
      client.send(RawClient.TEXT, false, letters(FRAME));
      client.send(RawClient.CONTINUATION, false, letters(FRAME));
      client.send(RawClient.CONTINUATION, false, letters(FRAME));
      client.send(RawClient.CONTINUATION, true, letters(FRAME));

      assertThat(gateway.functions().take("$default").path("body").asText()).hasSize(4 * FRAME);
    }
  }

  @Test
  void aLargerMessageIsClosedWith1009() throws Exception {
    try (var gateway = gateway().route("$default").start();
        var client = RawClient.connect(gateway.server().address())) {
      client.send(RawClient.TEXT, false, letters(FRAME));
      client.send(RawClient.CONTINUATION, false, letters(FRAME));
      client.send(RawClient.CONTINUATION, false, letters(FRAME));
      client.send(RawClient.CONTINUATION, false, letters(FRAME));
      client.send(RawClient.CONTINUATION, true, letters(1));

      assertThat(client.read().closeCode()).isEqualTo(1009);
      assertThat(gateway.functions().untaken("$default")).isZero();
    }
  }

  @Test
  void aClientThatIsStillSendingReadsTheCodeToo() throws Exception {
    try (var gateway = gateway().route("$default").start();
        var client = gateway.connect()) {
      client.send("a".repeat(3 * 1024 * 1024));

      assertThat(client.awaitClosed().code()).isEqualTo(1009);
    }
  }

  @Test
  void aBinaryFrameIsClosedWith1003() throws Exception {
    try (var gateway = gateway().route("$default").start();
        var client = RawClient.connect(gateway.server().address())) {
      client.send(RawClient.BINARY, true, letters(10));

      assertThat(client.read().closeCode()).isEqualTo(1003);
      assertThat(gateway.functions().untaken("$default")).isZero();
    }
  }

  @Test
  void textThatIsNotUtf8IsClosedWith1007() throws Exception {
    try (var gateway = gateway().route("$default").start();
        var client = RawClient.connect(gateway.server().address())) {
      client.send(RawClient.TEXT, true, new byte[] {(byte) 0xc3, 0x28});

      assertThat(client.read().closeCode()).isEqualTo(1007);
    }
  }

  @Test
  void aCharacterCutByAFrameIsWhole() throws Exception {
    try (var gateway = gateway().route("$default").start();
        var client = RawClient.connect(gateway.server().address())) {
      byte[] text = "ä€😀".getBytes(StandardCharsets.UTF_8);
      client.send(RawClient.TEXT, false, Arrays.copyOf(text, 4));
      client.send(RawClient.CONTINUATION, true, Arrays.copyOfRange(text, 4, text.length));

      assertThat(gateway.functions().take("$default").path("body").asText()).isEqualTo("ä€😀");
    }
  }

  @Test
  void messagesInFramesDoNotRunIntoOneAnother() throws Exception {
    try (var gateway = gateway().route("$default").start();
        var client = RawClient.connect(gateway.server().address())) {
      for (String text : new String[] {"ab", "cd"}) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        client.send(RawClient.TEXT, false, Arrays.copyOf(bytes, 1));
        client.send(RawClient.PING, true, new byte[0]);
        client.send(RawClient.CONTINUATION, true, Arrays.copyOfRange(bytes, 1, 2));

        assertThat(gateway.functions().take("$default").path("body").asText()).isEqualTo(text);
      }
    }
  }

  @Test
  void aPingGetsAPongAndNoFunctionSeesIt() throws Exception {
    try (var gateway = gateway().route("$default").start();
        var client = RawClient.connect(gateway.server().address())) {
      client.send(RawClient.PING, true, "are you there".getBytes(StandardCharsets.UTF_8));

      RawClient.Frame pong = client.read();
      assertThat(pong.opCode()).isEqualTo(RawClient.PONG);
      assertThat(pong.text()).isEqualTo("are you there");
      assertThat(gateway.functions().untaken("$default")).isZero();
    }
  }

  private static byte[] letters(int length) {
    byte[] letters = new byte[length];
    Arrays.fill(letters, (byte) 'a');
    return letters;
  }
}
