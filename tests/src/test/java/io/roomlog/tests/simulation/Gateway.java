package io.roomlog.tests.simulation;

import io.roomlog.core.testing.FaultyLogStore.Crashed;
import io.roomlog.core.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The gateway and the network before it. Every frame of a client is an invocation of its own, and
 * none of them waits for another.
 */
final class Gateway {

  private static final Duration LIFE = Duration.ofHours(2);

  private final VirtualTime time;
  private final Mischief mischief;
  private final Trace trace;
  private final Routes.Environments environments;
  private final Map<String, Line> lines = new HashMap<>();
  private final List<Line> open = new ArrayList<>();

  Gateway(VirtualTime time, Mischief mischief, Trace trace, Routes.Environments environments) {
    this.time = time;
    this.mischief = mischief;
    this.trace = trace;
    this.environments = environments;
  }

  /** A device dials. It hears whether it is connected or not. */
  Line dial(Device device) {
    Line line = new Line("c" + (lines.size() + 1), device, time.instant().toEpochMilli());
    lines.put(line.id(), line);
    time.after(mischief.between(10, 60), () -> time.start(() -> handshake(line)));
    return line;
  }

  private void handshake(Line line) {
    boolean accepted = invoke(routes -> routes.connect(line)).orElse(false);
    trace.step("handshake", line.id(), accepted);
    if (accepted && !line.isClosed()) {
      line.open();
      open.add(line);
      time.after(LIFE, () -> cut(line));
      time.after(mischief.between(10, 60), () -> line.device().connected(line));
    } else {
      line.close();
      time.after(mischief.between(10, 60), () -> line.device().lost(line));
    }
  }

  private interface Use<T> {
    T of(Routes routes);
  }

  /** Runs a function; empty if it failed. */
  private <T> Optional<T> invoke(Use<T> use) {
    Routes routes = environments.take();
    try {
      return Optional.of(use.of(routes));
    } catch (Crashed | RuntimeException failed) {
      trace.step("function failed", routes.name(), failed.getClass().getSimpleName());
      return Optional.empty();
    } finally {
      environments.giveBack(routes);
    }
  }

  /** A device sends a frame. */
  void up(Line line, String frame) {
    if (!line.carries()) {
      return;
    }
    time.after(
        mischief.between(10, 60),
        () -> {
          if (line.carries()) {
            time.start(() -> answer(line, frame));
          }
        });
  }

  private void answer(Line line, String frame) {
    Optional<String> answer =
        invoke(routes -> routes.message(line, frame)).orElse(Optional.of(failed(line)));
    if (answer.isPresent() && !mischief.strikes(Fault.REPLY_DROPPED)) {
      down(line, answer.get());
    }
  }

  private static String failed(Line line) {
    return "{\"message\": \"Internal server error\", \"connectionId\":\"%s\", \"requestId\":\"r\"}"
        .formatted(line.id());
  }

  /** A frame on its way to a device. */
  void down(Line line, String frame) {
    Duration late =
        mischief.strikes(Fault.FRAME_DELAYED) ? mischief.between(300, 15_000) : Duration.ZERO;
    time.after(
        mischief.between(10, 60).plus(late),
        () -> {
          if (line.carries()) {
            trace.step("frame", line.id(), frame);
            line.device().frame(line, frame);
          }
        });
  }

  /** The connection of that id, unless it is gone or not there yet. */
  @Nullable Line find(String id) {
    Line line = lines.get(id);
    return line != null && line.isOpen() ? line : null;
  }

  /** Whether removing its row would be wrong. */
  boolean isLive(String id) {
    Line line = lines.get(id);
    return line != null && !line.isClosed();
  }

  /** Open connections, in the order of their opening. */
  List<Line> open() {
    return List.copyOf(open);
  }

  /** A connection breaks, and the device notices. */
  void cut(Line line) {
    if (line.isClosed()) {
      return;
    }
    close(line);
    time.after(mischief.between(10, 3_000), () -> line.device().lost(line));
  }

  /** A connection ends, and the function that looks after it is told, or not. */
  void close(Line line) {
    if (line.isClosed()) {
      return;
    }
    line.close();
    open.remove(line);
    trace.step("closed", line.id(), "");
    if (!mischief.strikes(Fault.DISCONNECT_LOST)) {
      time.after(
          mischief.between(20, 5_000),
          () -> time.start(() -> invoke(routes -> routes.disconnect(line))));
    }
  }

  /** Nothing passes any more. The gateway notices some time, the device by the silence. */
  void vanish(Line line) {
    line.vanish();
    time.after(mischief.between(5_000, 120_000), () -> close(line));
  }
}
