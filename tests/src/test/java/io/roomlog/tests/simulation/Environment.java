package io.roomlog.tests.simulation;

import io.roomlog.core.Pause;
import io.roomlog.core.testing.FaultyLogStore.Crashed;
import io.roomlog.core.testing.VirtualTime;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A function's execution environment: a process with a clock of its own that may die at any call.
 * Once dead it does nothing any more, whatever still runs of it.
 */
final class Environment {

  private final String name;
  private final VirtualTime time;
  private final Mischief mischief;
  private final Trace trace;
  private final Fault death;
  private final Duration skew;
  private boolean dead;

  Environment(String name, VirtualTime time, Mischief mischief, Trace trace, Fault death) {
    this.name = name;
    this.time = time;
    this.mischief = mischief;
    this.trace = trace;
    this.death = death;
    this.skew =
        mischief.strikes(Fault.CLOCK_SKEWED)
            ? mischief.between(0, 4_000).minus(Duration.ofSeconds(2))
            : Duration.ZERO;
  }

  String name() {
    return name;
  }

  /** The environment's own clock. */
  InstantSource clock() {
    return InstantSource.offset(time, skew);
  }

  Pause pause() {
    return wait -> {
      point("pause");
      time.pass(wait);
      point("paused");
    };
  }

  boolean isDead() {
    return dead;
  }

  void die() {
    dead = true;
  }

  /**
   * A point at which the environment may die.
   *
   * @throws Crashed if it is dead
   */
  void point(String call) {
    if (!dead && mischief.strikes(death)) {
      dead = true;
      mischief.died(death, call);
      trace.step("dies", name, call);
    }
    if (dead) {
      throw new Crashed();
    }
  }

  /** The time that a call takes one way. */
  void travel() {
    time.pass(mischief.strikes(Fault.SLOW) ? mischief.between(100, 2_000) : mischief.between(1, 8));
  }
}
