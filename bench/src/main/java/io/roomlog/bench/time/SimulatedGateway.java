package io.roomlog.bench.time;

import io.roomlog.core.testing.AccountBucket;
import io.roomlog.core.testing.VirtualTime;
import io.roomlog.fanout.posts.Frame;
import io.roomlog.fanout.posts.Posts;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The gateway with its account's bucket, in virtual time. */
final class SimulatedGateway implements Posts {

  private static final Pattern HEADER =
      Pattern.compile(
          "\\{\"type\":\"messages\",\"room\":\"([^\"]+)\",\"from\":(\\d+),\"to\":(\\d+).*",
          Pattern.DOTALL);
  private static final int HEADER_BYTES_MAX = 160;

  private record Header(RoomWatch watch, long from, long to) {}

  private final VirtualTime time;
  private final Latencies latencies;
  private final AccountBucket bucket;
  private final RandomGenerator random;
  private final boolean faults;
  private final Function<String, RoomWatch> watches;
  private @Nullable Frame lastFrame;
  private @Nullable Header lastHeader;
  private long admitted;
  private long refused;

  /**
   * A gateway.
   *
   * @param faults whether 5 connections of 1,000 are gone and the buffers of 2 are full
   * @param watches of rooms
   */
  SimulatedGateway(
      VirtualTime time,
      Latencies latencies,
      AccountBucket bucket,
      RandomGenerator random,
      boolean faults,
      Function<String, RoomWatch> watches) {
    this.time = time;
    this.latencies = latencies;
    this.bucket = bucket;
    this.random = random;
    this.faults = faults;
    this.watches = watches;
  }

  @Override
  public Posted post(String connectionId, Frame frame) {
    Header header = header(frame);
    header.watch().post(time.nanos());
    boolean admits = bucket.admits(time.instant());
    time.pass(latencies.ofPost(random));
    if (!admits) {
      refused++;
      return new Posted.TooFast();
    }
    admitted++;
    return switch (Fault.of(connectionId, faults)) {
      case GONE -> new Posted.Gone();
      case FULL -> new Posted.TooFast();
      case NONE -> {
        header.watch().delivered(header.from(), header.to(), time.nanos());
        yield new Posted.Delivered();
      }
    };
  }

  @Override
  public Existence find(String connectionId) {
    // These calls come out of the same bucket.
    bucket.admits(time.instant());
    time.pass(latencies.ofPost(random));
    return Fault.of(connectionId, faults) == Fault.GONE ? Existence.ABSENT : Existence.PRESENT;
  }

  /** Posts that the account let through. */
  long admitted() {
    return admitted;
  }

  /** Posts that the account refused. */
  long refused() {
    return refused;
  }

  /**
   * A frame is the same object for all who get it; comparing bytes would cost more than reading.
   */
  @SuppressWarnings("ReferenceEquality")
  private Header header(Frame frame) {
    Header header = lastHeader;
    if (header == null || frame != lastFrame) {
      header = read(frame);
      lastFrame = frame;
      lastHeader = header;
    }
    return header;
  }

  private Header read(Frame frame) {
    byte[] bytes = new byte[Math.min(frame.size(), HEADER_BYTES_MAX)];
    frame.bytes().get(bytes);
    Matcher matcher = HEADER.matcher(new String(bytes, StandardCharsets.UTF_8));
    if (!matcher.matches()) {
      throw new IllegalStateException("not a frame of messages");
    }
    return new Header(
        watches.apply(matcher.group(1)),
        Long.parseLong(matcher.group(2)),
        Long.parseLong(matcher.group(3)));
  }
}
