package io.roomlog.operate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(List<String> arguments) {
    return Main.run(
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        arguments.toArray(new String[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"push", "send", "kick", "ban", "unban", "bans", "export", "erase"})
  void everyCommandSaysHowItIsUsed(String command) {
    assertThat(run(List.of(command, "--help"))).isZero();
    assertThat(out.toString(UTF_8))
        .startsWith("Usage: roomlog " + command)
        .contains("--room", "--stack", "--port");
    assertThat(err.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dance                                       | the command is one of [push, send, kick, ban, unban, bans, export, erase]
          send                                        | Missing required option: '--room=ROOM'
          push --room a --to 2                        | Missing required option: '--from=POSITION'
          push --room a/b --from 1 --to 2             | --room is 'a/b'; a room's name is
          push --room a --from 0 --to 2               | --from is 0; a position is a whole number from 1 on
          push --room a --from 3 --to 2               | --to is 2, before from, which is 3
          push --room a --from 1 --to 100001          | 100001 positions with from 1; the limit is 100000 positions
          push --room a --from 1 --to 2 --port 0      | --port is 0; it is 1 to 65535
          push --room a --from 1 --to 2 --queue-url https://sqs/1/chat | --queue-url is 'https://sqs/1/chat'; a FIFO queue's is
          send --room a                               | one of --data and --json is needed
          send --room a --data a --json 1             | one of --data and --json is needed
          send --room a --json {                      | --json is no JSON of distinct keys
          send --room a/b --data x                    | --room is 'a/b'; a room's name is
          send --room a --data x --port 0             | --port is 0; it is 1 to 65535
          export --room a --from 0                    | --from is 0; positions begin at 1
          export --room a --from x                    | Invalid value for option '--from'
          export --room a --from 3 --to 2             | --to is 2; it is at least --from, 3
          erase --room a                              | --sender is needed, or both --from and --to
          erase --room a --from 3                     | --sender is needed, or both --from and --to
          kick --room a                               | --room and --sender are needed, or --connection alone
          ban --room a --sender s --until soon        | --until is 'soon'; it is a time like 2027-01-31T12:00:00Z or 30m, 12h, 7d
          ban --room a --sender s --until 2020-01-01T00:00:00Z | --until is 2020-01-01T00:00:00Z; it is now
          ban --sender s --until 5m                   | one of --room and --everywhere is needed
          ban --room a --everywhere --sender s --until 5m | one of --room and --everywhere is needed
          kick --connection c --sender s              | --room and --sender are needed, or --connection alone
          """)
  void whatMakesNoSenseIsNamedAndEndsWithTwo(String line, String message) {
    assertThat(run(List.of(line.split(" +", -1)))).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith("roomlog: ").contains(message);
    assertThat(out.size()).isZero();
  }

  @Test
  void aSenderThatNobodyCanBeIsNamed() {
    List<String> arguments = new ArrayList<>(List.of("erase", "--room", "a", "--sender"));
    arguments.add("x".repeat(129));
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("it is 1-128 bytes");
  }

  @Test
  void aRunThatIsNotThereIsNamedAndEndsWithOne() {
    // Nobody can listen on port 1 without being asked for it.
    assertThat(run(List.of("export", "--room", "a", "--port", "1"))).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("no run answers at http://localhost:1/_roomlog/");
  }
}
