package io.roomlog.fanout.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.RoomName;
import io.roomlog.fanout.crowd.Range;
import io.roomlog.fanout.push.PushArguments.Queue;
import io.roomlog.fanout.push.PushArguments.Request;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushArgumentsTest {

  private static final RoomName ROOM = new RoomName("lobby");

  private static Request read(String line) {
    return new PushArguments().read(line.split(" "));
  }

  @Test
  void withoutAQueueItIsThatOfTheRunOnThisMachine() {
    assertThat(read("--room lobby --from 3 --to 5"))
        .isEqualTo(
            new Request.Push(
                List.of(new Range(ROOM, 3, 5, Set.of(), true)), new Queue.Local(3001)));
    assertThat(read("--room lobby --from 3 --to 3 --port 4001"))
        .isEqualTo(
            new Request.Push(
                List.of(new Range(ROOM, 3, 3, Set.of(), true)), new Queue.Local(4001)));
  }

  @Test
  void withAQueueItIsThat() {
    String url = "https://sqs.eu-central-1.amazonaws.com/123456789012/chat-CrowdRanges-1.fifo";
    assertThat(read("--room lobby --from 3 --to 5 --queue-url " + url))
        .isEqualTo(
            new Request.Push(
                List.of(new Range(ROOM, 3, 5, Set.of(), true)), new Queue.At(URI.create(url))));
  }

  @Test
  void manyPositionsAreManyRangesUpToALimit() {
    assertThat(read("--room lobby --from 1 --to 100000"))
        .isInstanceOfSatisfying(Request.Push.class, push -> assertThat(push.ranges()).hasSize(100));
    assertThat(read("--room lobby --from 1 --to 100001"))
        .isEqualTo(
            new Request.Misused(
                "--to is 100001, 100001 positions with from 1; the limit is 100000 positions;"
                    + " see --help"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--from 1 --to 2|Missing required option: '--room=ROOM'; see --help",
        "--room lobby --to 2|Missing required option: '--from=POSITION'; see --help",
        "--room lo/bby --from 1 --to 2|--room is 'lo/bby'; a room's name is 1-128 characters of"
            + " A-Z a-z 0-9 . _ : -; see --help",
        "--room lobby --from x --to 2|Invalid value for option '--from': 'x' is not a long; see"
            + " --help",
        "--room lobby --from 0 --to 2|--from is 0; a position is a whole number from 1 on; see"
            + " --help",
        "--room lobby --from 3 --to 2|--to is 2, before from, which is 3; see --help",
        "--room lobby --from 1 --to 2 --port 0|--port is 0; it is 1 to 65535; see --help",
        "--room lobby --from 1 --to 2 --queue-url https://sqs/1/chat|--queue-url is"
            + " 'https://sqs/1/chat'; a FIFO queue's is https://…/….fifo; see --help",
      })
  void whatMakesNoSenseIsToldWithItsOption(String line, String reason) {
    assertThat(read(line)).isEqualTo(new Request.Misused(reason));
  }

  @Test
  void helpIsShown() {
    assertThat(read("--help"))
        .isInstanceOfSatisfying(
            Request.Help.class, help -> assertThat(help.text()).contains("--queue-url=URL"));
  }
}
