package io.roomlog.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.core.membership.Dialect;
import io.roomlog.fanout.posts.Posts.Posted;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UnreachableGatewayTest {

  @Test
  void whoIsLeftAloneDoesNotHideThatNobodyCouldBePostedTo() {
    Simulated run = new Simulated(Simulated.noLimit(), 8, 1).room("room", 3, Dialect.PLAIN);
    run.posts.hang("room0", Duration.ofSeconds(2));
    for (int batch = 1; batch <= Silent.STRIKES_MAX; batch++) {
      assertThat(run.push("room", batch)).isEmpty();
    }
    run.posts.always("room1", new Posted.NotSent("AWS_IO_DNS_QUERY_FAILED"));
    run.posts.always("room2", new Posted.Failed(503));
    assertThat(run.push("room", 3)).containsExactly("3");

    run.posts.always("room1", new Posted.Delivered());
    run.posts.always("room2", new Posted.Delivered());
    assertThat(run.push("room", 3)).isEmpty();
    assertThat(run.posts.deliveries).containsEntry("room1", 3).containsEntry("room2", 3);
  }
}
