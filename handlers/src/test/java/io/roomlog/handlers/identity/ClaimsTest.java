package io.roomlog.handlers.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomlog.core.RoomName;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimsTest {

  private static final Instant END = Instant.parse("2026-01-01T01:00:00Z");

  private static Map<String, Object> claims(String name, @Nullable Object value) {
    Map<String, Object> claims = new HashMap<>(Map.of("sub", "ann"));
    claims.put(name, value);
    return claims;
  }

  private static String refusal(Map<String, Object> claims) {
    TokenRefused refused = catchThrowableOfType(TokenRefused.class, () -> Claims.read(claims, END));
    assertThat(refused).as("they were taken").isNotNull();
    return refused.reason();
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of("sub", null, "sub is not a string"),
        Arguments.of("sub", 7, "sub is not a string"),
        Arguments.of("sub", List.of("ann"), "sub is not a string"),
        Arguments.of("sub", "", "sub is empty or has control characters"),
        Arguments.of("sub", "ann\u0000", "sub is empty or has control characters"),
        Arguments.of("sub", "ann\n", "sub is empty or has control characters"),
        Arguments.of("sub", "\ud800", "sub has half a surrogate pair"),
        Arguments.of("sub", "x".repeat(129), "sub is 129 bytes; the limit is 128"),
        Arguments.of("sub", "é".repeat(65), "sub is 130 bytes; the limit is 128"),
        Arguments.of("name", null, "name is not a string"),
        Arguments.of("name", true, "name is not a string"),
        Arguments.of("name", "", "name is empty or has control characters"),
        Arguments.of("name", "Ann\u001b[2J", "name is empty or has control characters"),
        Arguments.of("name", "x".repeat(129), "name is 129 bytes; the limit is 128"),
        Arguments.of("role", 1, "role is not a string"),
        Arguments.of("role", List.of("moderator"), "role is not a string"),
        Arguments.of("rooms", null, "rooms is not an array"),
        Arguments.of("rooms", "lobby", "rooms is not an array"),
        Arguments.of("rooms", "*", "rooms is not an array"),
        Arguments.of("rooms", Map.of("lobby", true), "rooms is not an array"),
        Arguments.of("rooms_read", "news", "rooms_read is not an array"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void aMalformedClaimRefusesTheToken(String name, @Nullable Object value, String reason) {
    assertThat(refusal(claims(name, value))).isEqualTo(reason);
  }

  static Stream<List<Object>> malformedRooms() {
    return Stream.of(
        List.of(""),
        List.of("lobby", "a b"),
        List.of("**"),
        List.of("a*b"),
        List.of("*a"),
        List.of("?news"),
        List.of("lobby "),
        List.of("x".repeat(129)),
        List.of("x".repeat(129) + "*"),
        List.of(7),
        List.of(List.of("lobby")),
        Arrays.asList("lobby", null));
  }

  @ParameterizedTest
  @MethodSource("malformedRooms")
  void oneMalformedRoomRefusesTheTokenAndIsNotLeftOut(List<Object> rooms) {
    for (String claim : List.of("rooms", "rooms_read")) {
      assertThat(refusal(claims(claim, rooms)))
          .isEqualTo(claim + " holds what is neither a room's name nor the beginning of one and *");
    }
  }

  @Test
  void aTokenWithoutASubjectIsRefused() {
    assertThat(refusal(Map.of("name", "Ann"))).isEqualTo("sub is missing");
  }

  @Test
  void aTokenThatEndsAfterAllTimesIsRefused() {
    TokenRefused refused =
        catchThrowableOfType(
            TokenRefused.class, () -> Claims.read(Map.of("sub", "ann"), Instant.MAX));
    assertThat(refused.reason()).isEqualTo("exp is later than the year 9999");
  }

  @Test
  void theRoomsOfATokenHave4096BytesTogether() throws Exception {
    List<String> most =
        IntStream.range(0, 64).mapToObj(i -> "%02d".formatted(i) + "x".repeat(61)).toList();
    assertThat(Claims.read(claims("rooms", most), END).rights().stored()).hasSize(4_095);
    List<String> more = Stream.concat(most.stream(), Stream.of("a")).toList();
    assertThat(refusal(claims("rooms", more)))
        .isEqualTo("the rooms are 4097 bytes together; the limit is 4096");
  }

  @Test
  void theNameIsTheSubjectUnlessItIsGiven() throws Exception {
    assertThat(Claims.read(Map.of("sub", "u-1"), END).name()).isEqualTo("u-1");
    assertThat(Claims.read(Map.of("sub", "u-1", "name", "Ann"), END).name()).isEqualTo("Ann");
  }

  @Test
  void onlyAModeratorIsAModerator() throws Exception {
    assertThat(Claims.read(claims("role", "moderator"), END).moderator()).isTrue();
    for (String role : List.of("Moderator", "admin", "", "moderator ")) {
      assertThat(Claims.read(claims("role", role), END).moderator()).isFalse();
    }
  }

  static Stream<Arguments> rights() {
    List<String> none = Collections.emptyList();
    return Stream.of(
        Arguments.of(null, null, "news", true, true),
        Arguments.of(none, null, "news", false, false),
        Arguments.of(null, none, "news", false, false),
        Arguments.of(List.of("news"), null, "news", true, true),
        Arguments.of(List.of("news"), null, "newsroom", false, false),
        Arguments.of(List.of("new*"), null, "news", true, true),
        Arguments.of(List.of("news*"), null, "news", true, true),
        Arguments.of(List.of("news.*"), null, "news", false, false),
        Arguments.of(List.of("News"), null, "news", false, false),
        Arguments.of(List.of("*"), null, "news", true, true),
        Arguments.of(null, List.of("news"), "news", true, false),
        Arguments.of(null, List.of("*"), "news", true, false),
        Arguments.of(null, List.of("news"), "lobby", false, false),
        Arguments.of(List.of("lobby"), List.of("news"), "lobby", true, true),
        Arguments.of(List.of("lobby"), List.of("*"), "news", true, false),
        Arguments.of(List.of("news"), List.of("news"), "news", true, true));
  }

  @ParameterizedTest
  @MethodSource("rights")
  void roomsAndReadOnlyRoomsBecomeRights(
      @Nullable List<String> rooms,
      @Nullable List<String> readOnly,
      String room,
      boolean reads,
      boolean sends)
      throws Exception {
    Map<String, Object> claims = new HashMap<>(Map.of("sub", "ann"));
    if (rooms != null) {
      claims.put("rooms", rooms);
    }
    if (readOnly != null) {
      claims.put("rooms_read", readOnly);
    }
    Rights rights = Claims.read(claims, END).rights();
    for (Rights each : List.of(rights, Rights.ofStored(rights.stored()))) {
      assertThat(each.allows(new RoomName(room), Verb.JOIN)).isEqualTo(reads);
      assertThat(each.allows(new RoomName(room), Verb.READ)).isEqualTo(reads);
      assertThat(each.allows(new RoomName(room), Verb.SEND)).isEqualTo(sends);
    }
  }
}
