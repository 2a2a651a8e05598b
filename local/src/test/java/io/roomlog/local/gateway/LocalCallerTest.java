package io.roomlog.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalCallerTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1"})
  void whoComesFromLoopbackIsLocal(String address) throws Exception {
    assertThat(LocalCaller.is(from(address), "localhost")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.168.1.7", "10.0.0.1", "128.0.0.1", "0.0.0.0", "fe80::1", "::"})
  void whoComesFromElsewhereIsNotWhateverHostHeAsksFor(String address) throws Exception {
    assertThat(LocalCaller.is(from(address), "localhost")).isFalse();
  }

  @Test
  void whoHasNoAddressIsNot() {
    assertThat(LocalCaller.is(null, "localhost")).isFalse();
    assertThat(LocalCaller.is(UnixDomainSocketAddress.of("socket"), "localhost")).isFalse();
    assertThat(LocalCaller.is(InetSocketAddress.createUnresolved("localhost", 1), "localhost"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LocalHost", "127.0.0.1", "[::1]", "::1"})
  void theseAreTheNamesOfThisMachine(String host) throws Exception {
    assertThat(LocalCaller.is(from("127.0.0.1"), host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"example.com", "localhost.example.com", "127.0.0.1.example.com", "127.0.0.2", ""})
  void aNameThatWasMadeToLeadHereIsNone(String host) throws Exception {
    assertThat(LocalCaller.is(from("127.0.0.1"), host)).isFalse();
  }

  private static InetSocketAddress from(String address) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(address), 40_000);
  }
}
