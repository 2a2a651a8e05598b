package io.roomlog.tests.simulation;

import io.roomlog.core.testing.VirtualTime;
import io.roomlog.fanout.posts.Frame;
import io.roomlog.fanout.posts.Posts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The gateway as the fan-out reaches it. */
final class FaultyPosts implements Posts {

  private static final int SERVER_ERROR = 500;
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final Gateway gateway;
  private final Environment environment;
  private final VirtualTime time;
  private final Mischief mischief;

  FaultyPosts(Gateway gateway, Environment environment, VirtualTime time, Mischief mischief) {
    this.gateway = gateway;
    this.environment = environment;
    this.time = time;
    this.mischief = mischief;
  }

  @Override
  public Posted post(String connectionId, Frame frame) {
    environment.point("post");
    environment.travel();
    Posted posted = posted(connectionId, StandardCharsets.UTF_8.decode(frame.bytes()).toString());
    environment.travel();
    environment.point("post done");
    return posted;
  }

  private Posted posted(String connectionId, String frame) {
    Line line = gateway.find(connectionId);
    if (line == null || mischief.strikes(Fault.POST_GONE)) {
      return new Posted.Gone();
    }
    if (mischief.strikes(Fault.POST_TOO_FAST)) {
      return new Posted.TooFast();
    }
    if (mischief.strikes(Fault.POST_FAILED)) {
      return new Posted.Failed(SERVER_ERROR);
    }
    boolean unanswered = mischief.strikes(Fault.POST_UNANSWERED);
    if (!(unanswered && mischief.isEven()) && !mischief.strikes(Fault.POST_DROPPED)) {
      gateway.down(line, frame);
    }
    if (unanswered) {
      time.pass(TIMEOUT);
      return new Posted.NoAnswer("timeout");
    }
    return mischief.strikes(Fault.POST_FAILED_DELIVERED)
        ? new Posted.Failed(SERVER_ERROR)
        : new Posted.Delivered();
  }

  @Override
  public Existence find(String connectionId) {
    environment.point("find");
    environment.travel();
    Existence existence = gateway.find(connectionId) == null ? Existence.ABSENT : Existence.PRESENT;
    environment.travel();
    environment.point("find done");
    return existence;
  }
}
