package io.roomlog.handlers.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferedTokenTest {

  private static Map<String, String> map(String name, @Nullable String value) {
    Map<String, String> map = new HashMap<>();
    if (value != null) {
      map.put(name, value);
    }
    return map;
  }

  private static String token(
      @Nullable String query, @Nullable String authorization, @Nullable String protocols)
      throws TokenRefused {
    Map<String, String> headers = map("authorization", authorization);
    headers.putAll(map("sec-websocket-protocol", protocols));
    return OfferedToken.of(headers, map("token", query));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "a.b.c, -, -",
        "-, Bearer a.b.c, -",
        "-, bearer  a.b.c, -",
        "-, -, 'roomlog.v1, bearer.a.b.c'",
        "-, -, 'bearer.a.b.c,roomlog.v1'",
        "a.b.c, Bearer a.b.c, 'roomlog.v1, bearer.a.b.c'",
        "a.b.c, Basic YW5uOmFubg==, roomlog.v1"
      })
  void itIsFoundInEachPlace(String query, String authorization, String protocols) throws Exception {
    assertThat(token(query, authorization, protocols)).isEqualTo("a.b.c");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "a.b.c, Bearer x.y.z, -",
        "a.b.c, -, bearer.x.y.z",
        "-, Bearer a.b.c, bearer.x.y.z",
        "-, -, 'bearer.a.b.c, bearer.x.y.z'",
        "'', Bearer a.b.c, -"
      })
  void twoThatDifferAreRefused(String query, String authorization, String protocols) {
    assertThat(
            catchThrowableOfType(TokenRefused.class, () -> token(query, authorization, protocols))
                .reason())
        .isEqualTo("the client offers 2 different tokens");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-, -, -", "'', -, -", "-, Bearer, -", "-, Basic abc, roomlog.v1", "-, -, bearer."})
  void noneIsRefused(String query, String authorization, String protocols) {
    assertThat(
            catchThrowableOfType(TokenRefused.class, () -> token(query, authorization, protocols))
                .reason())
        .isEqualTo("there is no token");
  }

  @Test
  void aHandshakeWithoutHeadersOrQueryHasNone() {
    assertThat(catchThrowableOfType(TokenRefused.class, () -> OfferedToken.of(null, null)).reason())
        .isEqualTo("there is no token");
  }
}
