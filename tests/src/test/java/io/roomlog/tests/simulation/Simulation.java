package io.roomlog.tests.simulation;

import io.roomlog.core.RoomName;
import io.roomlog.core.testing.VirtualThreads;
import io.roomlog.core.testing.VirtualTime;
import io.roomlog.fanout.FanOut;
import io.roomlog.fanout.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** One run of one seed. */
final class Simulation {

  /** How long all must be well in the end: a sync, a silence noticed, a dial and a join. */
  private static final Duration QUIET = Duration.ofMinutes(5);

  private static final int POSTS_AT_ONCE_MAX = 1_000;
  private static final int ROOMS_OF_A_DEVICE_MAX = 8;
  private static final int TROUBLES_MIN = 40;
  private static final int TROUBLES_MAX = 240;
  private static final int FORGOTTEN_ONE_IN = 8;
  private static final int LONG_ONE_IN = 50;
  private static final int LONG_MAX = 20_000;
  private static final int BURST = 20;

  /**
   * What came of a run.
   *
   * @param trace the same for every run of the seed
   * @param struck how often each fault struck
   * @param deaths at which calls environments died, and how often
   * @param violations what must not be
   * @param last the last steps before the end
   */
  record Outcome(
      long seed,
      int sends,
      long trace,
      Map<Fault, Long> struck,
      Map<String, Long> deaths,
      List<String> violations,
      List<String> last) {}

  private final long seed;
  private final Settings settings;
  private final Parts parts;
  private final SplittableRandom random;
  private final VirtualTime time = new VirtualTime();
  private final Trace trace = new Trace(time);
  private final Mischief mischief;
  private final Witness witness;
  private final Storage storage;
  private final Gateway gateway;
  private final List<String> rooms;
  private final List<Device> devices;
  private final FanOuts fanOuts;
  private int environments;
  private int sent;

  private Simulation(long seed, Settings settings, Parts parts) {
    this.seed = seed;
    this.settings = settings;
    this.parts = parts;
    this.random = new SplittableRandom(seed);
    this.witness = new Witness(time, settings.retention());
    this.mischief = new Mischief(random.split(), settings.faults());
    this.gateway = new Gateway(time, mischief, trace, new Routes.Environments(this::routes));
    this.fanOuts = new FanOuts(this::fanOut);
    boolean oneShard = random.nextBoolean();
    Stream stream =
        new Stream(time, mischief, trace, fanOuts, oneShard ? _ -> "all" : RoomName::value);
    this.storage = new Storage(parts.tables(), time, witness, stream::inserted);
    this.witness.ask(gateway::isLive);
    this.rooms =
        IntStream.rangeClosed(1, random.nextInt(1, settings.rooms() + 1))
            .mapToObj(number -> "room" + number)
            .toList();
    this.devices =
        IntStream.rangeClosed(1, random.nextInt(2, settings.devices() + 1))
            .mapToObj(number -> device("device" + number))
            .toList();
  }

  /** Runs a seed. */
  static Outcome run(long seed, Settings settings, Parts parts) {
    try {
      return new Simulation(seed, settings, parts).run();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private Outcome run() {
    devices.forEach(device -> time.after(some(settings.length().dividedBy(3)), device::start));
    for (int i = 0; i < settings.sends(); i++) {
      time.after(burst(), this::say);
    }
    trouble();
    time.run(settings.length());
    mischief.end();
    time.run(QUIET);
    witness.compare(storage.log(), rooms, devices);
    return new Outcome(
        seed,
        witness.sends(),
        trace.hash(),
        mischief.struck(),
        mischief.deaths(),
        witness.violations(),
        trace.last());
  }

  private Duration some(Duration most) {
    return Duration.ofNanos(random.nextLong(most.toNanos()));
  }

  /** Half of what is said is said within a few seconds. */
  private Duration burst() {
    Duration when = some(settings.length());
    return random.nextBoolean() ? when : when.dividedBy(BURST).multipliedBy(BURST / 2);
  }

  private void say() {
    Device device = devices.get(random.nextInt(devices.size()));
    String room = rooms.get(random.nextInt(rooms.size()));
    String text = "x".repeat(random.nextInt(LONG_ONE_IN) == 0 ? random.nextInt(LONG_MAX) : 10);
    sent++;
    if (random.nextInt(FORGOTTEN_ONE_IN) == 0) {
      device.sayAndForget(room, Device.FORGOTTEN + sent, text);
    } else {
      device.say(room, Device.ACKNOWLEDGED + sent, text);
    }
  }

  /** Now and then something may happen to a connection. */
  private void trouble() {
    time.after(
        settings.length().dividedBy(random.nextInt(TROUBLES_MIN, TROUBLES_MAX)),
        () -> {
          List<Line> open = gateway.open();
          if (!open.isEmpty()) {
            trouble(open.get(random.nextInt(open.size())));
          }
          storage.deleteExpired(rooms.get(random.nextInt(rooms.size())), mischief);
          if (!mischief.isOver()) {
            trouble();
          }
        });
  }

  private void trouble(Line line) {
    if (mischief.strikes(Fault.CUT)) {
      gateway.cut(line);
    } else if (mischief.strikes(Fault.VANISHED)) {
      gateway.vanish(line);
    } else if (line.device().maySleep() && mischief.strikes(Fault.ASLEEP)) {
      line.device().sleep(mischief.upTo(Duration.between(time.instant(), end())));
    } else if (mischief.mayStrike(Fault.ROW_EXPIRED)
        && storage.membership().leaveAll(line.id()) > 0) {
      mischief.count(Fault.ROW_EXPIRED);
    }
  }

  private Instant end() {
    return VirtualTime.START.plus(settings.length());
  }

  private Device device(String name) {
    List<String> followed = new ArrayList<>(rooms);
    Collections.shuffle(followed, random);
    int most = Math.min(rooms.size(), ROOMS_OF_A_DEVICE_MAX);
    return new Device(
        name,
        List.copyOf(followed.subList(0, random.nextInt(1, most + 1))),
        random.nextBoolean(),
        time,
        gateway,
        witness,
        parts.client(random.split()));
  }

  private Environment environment(String function, Fault death) {
    return new Environment(function + ++environments, time, mischief, trace, death);
  }

  private Routes routes() {
    Environment environment = environment("routes", Fault.WRITER_DIES);
    FaultyCalls calls = new FaultyCalls(environment, time, mischief, trace);
    return new Routes(
        environment,
        parts.log(new FaultyLog(storage, calls, mischief, environment), environment),
        parts.membership(new FaultyMembership(storage.membership(), calls, witness), time),
        parts,
        settings.retention(),
        random.split());
  }

  private FanOuts.Running fanOut() {
    Environment environment = environment("fanout", Fault.FAN_OUT_DIES);
    FaultyCalls calls = new FaultyCalls(environment, time, mischief, trace);
    Machine machine =
        new Machine(
            environment.clock(),
            random.split(),
            environment.pause(),
            () -> new VirtualThreads(time));
    FanOut fanOut =
        new FanOut(
            new FaultyMembership(storage.membership(), calls, witness),
            new FaultyLog(storage, calls, mischief, environment),
            parts.posts(new FaultyPosts(gateway, environment, time, mischief)),
            POSTS_AT_ONCE_MAX,
            machine);
    return new FanOuts.Running(environment, fanOut);
  }
}
