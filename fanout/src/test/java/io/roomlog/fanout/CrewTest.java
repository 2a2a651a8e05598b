package io.roomlog.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CrewTest {

  private static final Duration TAKES = Duration.ofMillis(10);

  private final VirtualTime time = new VirtualTime();
  private final List<String> done = new ArrayList<>();
  private int underWay;
  private int most;

  private Crew crew(int size) {
    return new Crew(size, new Machine(time, new Random(1), time, time::threads));
  }

  private Crew.Job job(String name) {
    return _ -> {
      most = Math.max(most, ++underWay);
      time.of(TAKES);
      underWay--;
      done.add(name);
      return Optional.empty();
    };
  }

  private Iterator<Crew.Job> line(String name, int jobs) {
    return IntStream.rangeClosed(1, jobs).mapToObj(i -> job(name + i)).iterator();
  }

  /** A job that asks to go on later, once. */
  private Crew.Job twice(String name, Duration wait) {
    boolean[] again = {false};
    return _ -> {
      if (again[0]) {
        done.add(name + "@" + time.passed().toMillis());
        return Optional.empty();
      }
      again[0] = true;
      return Optional.of(time.instant().plus(wait));
    };
  }

  @Test
  void noMoreThanTheCrewIsAtWorkAtOnce() throws InterruptedException {
    crew(3).work(List.of(line("a", 10)));
    assertThat(most).isEqualTo(3);
    assertThat(done).hasSize(10);
    assertThat(time.passed()).isEqualTo(TAKES.multipliedBy(4));
    assertThat(time.mostThreads()).isLessThanOrEqualTo(3);
  }

  @Test
  void linesAreServedInTurn() throws InterruptedException {
    crew(1).work(List.of(line("big", 4), line("small", 2)));
    assertThat(done).containsExactly("big1", "small1", "big2", "small2", "big3", "big4");
  }

  @Test
  void aJobThatIsLaidAsideOccupiesNobody() throws InterruptedException {
    Crew.Job later = twice("later", Duration.ofMillis(25));
    crew(1).work(List.of(List.of(later).iterator(), line("a", 4)));
    assertThat(done).containsExactly("a1", "a2", "a3", "later@30", "a4");
  }

  @Test
  void whatIsLaidAsideIsDoneAtItsTimeWhenThereIsNothingElse() throws InterruptedException {
    List<Crew.Job> jobs =
        List.of(
            twice("c", Duration.ofMillis(70)),
            twice("a", Duration.ofMillis(20)),
            twice("b", Duration.ofMillis(50)));
    crew(2).work(List.of(jobs.iterator()));
    assertThat(done).containsExactly("a@20", "b@50", "c@70");
    assertThat(time.mostThreads()).isLessThanOrEqualTo(4);
  }

  @Test
  void aJobMayAddALine() throws InterruptedException {
    Crew.Job adds =
        shift -> {
          shift.add(line("added", 6));
          return Optional.empty();
        };
    crew(3).work(List.of(List.of(adds).iterator()));
    assertThat(done).hasSize(6);
    assertThat(most).isEqualTo(3);
  }

  @Test
  void withTooManyLaidAsideNoneIsBegun() throws InterruptedException {
    Instant first = VirtualTime.START.plusMillis(500);
    int[] begun = {0};
    int[] mostLater = {0};
    int[] later = {0};
    Iterator<Crew.Job> jobs =
        IntStream.range(0, Crew.LATER_MAX + 1)
            .<Crew.Job>mapToObj(
                i -> {
                  boolean[] again = {false};
                  return _ -> {
                    if (again[0]) {
                      later[0]--;
                      return Optional.empty();
                    }
                    again[0] = true;
                    begun[0]++;
                    mostLater[0] = Math.max(mostLater[0], ++later[0]);
                    assertThat(time.instant().isBefore(first)).isEqualTo(i < Crew.LATER_MAX);
                    return Optional.of(time.instant().plusMillis(500));
                  };
                })
            .iterator();
    crew(1).work(List.of(jobs));
    assertThat(begun[0]).isEqualTo(Crew.LATER_MAX + 1);
    assertThat(mostLater[0]).isEqualTo(Crew.LATER_MAX);
  }

  @Test
  void whatAJobThrowsEndsTheWork() {
    Crew.Job broken =
        _ -> {
          throw new IllegalArgumentException("broken");
        };
    assertThatThrownBy(() -> crew(2).work(List.of(List.of(broken).iterator())))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("broken");
  }

  @Test
  void withoutJobsThereIsNoThread() throws InterruptedException {
    crew(2).work(List.of());
    assertThat(time.mostThreads()).isZero();
  }
}
