package io.roomlog.tests.components;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomlog.tests.alarms.Alarm;
import io.roomlog.tests.alarms.Measured;
import io.roomlog.tests.alarms.TemplateAlarms;
import io.roomlog.tests.world.Await;
import io.roomlog.tests.world.Scrape;
import io.roomlog.tests.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Each component in trouble in turn, under a steady load of reference clients: the fault has
 * struck, nothing that was acknowledged is lost, and the alarm of the template that should go off
 * would, by what the run has measured meanwhile.
 *
 * <p>{@code -Pcomponent-faults} runs it and writes what came of it down. Each trouble lasts as long
 * as its alarm needs, or {@code -Droomlog.faults.seconds=N} if that is longer; {@code
 * -Droomlog.faults.only=TEXT} has only those whose component and fault contain the text, and writes
 * nothing down.
 */
@EnabledIf(
    value = "inThisProcess",
    disabledReason = "the faults are put around the functions, wherever those run")
class ComponentFaultsRun {

  private static final String RESULTS = "roomlog.faults.results";

  private static final String ONLY = System.getProperty("roomlog.faults.only", "");

  /** Each fault lasts so long at least. */
  private static final Duration LEAST =
      Duration.ofSeconds(Integer.getInteger("roomlog.faults.seconds", 0));

  /** Without any fault. */
  private static final Duration CALM = Duration.ofSeconds(10);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final int MESSAGES_A_SECOND = Integer.getInteger("roomlog.faults.rate", 30);
  private static final long SEED = Long.getLong("roomlog.seed", 1);

  /** A client asks for what it lacks every minute, give or take a fifth. */
  private static final Duration RECOVERY = Duration.ofSeconds(150);

  private final List<Alarm> alarms = TemplateAlarms.of(World.TEMPLATE);
  private final Trouble trouble = new Trouble(SEED);
  private final FaultsTable table = new FaultsTable();
  private final List<String> wrong = new ArrayList<>();

  static boolean inThisProcess() {
    return World.inThisProcess();
  }

  @Test
  void nothingAcknowledgedIsLostAndTheAlarmThatShouldGoOffWould() throws Exception {
    long begin = System.nanoTime();
    Map<String, String> parameters = new HashMap<>(World.UNHURRIED);
    parameters.put("BigRoomConnections", Integer.toString(Company.BIG));
    try (World world = World.start(options -> trouble.within(options.with(parameters)));
        Company company = new Company(world, SEED)) {
      company.talk(MESSAGES_A_SECOND);
      company.awaitHeard(MESSAGES_A_SECOND, Await.LIMIT);
      calm(world);
      List<Ordeal> chosen =
          Ordeal.all(world).stream().filter(ordeal -> ordeal.name().contains(ONLY)).toList();
      assertThat(chosen).as("ordeals with '" + ONLY + "' in their names").isNotEmpty();
      for (Ordeal ordeal : chosen) {
        undergo(ordeal.lasting(LEAST), world, company);
      }
      company.hush();
      company.awaitHeard(company.said(), RECOVERY);
      wrong.addAll(company.complaints());
      table.ended(company.said(), company.acknowledged(0, company.said()));
    }
    System.out.println(table);
    write(Duration.ofNanos(System.nanoTime() - begin));
    assertThat(wrong.stream().distinct()).isEmpty();
  }

  /**
   * Without a fault no alarm goes off, or it would mean nothing that one does. How long things take
   * is left out: that is the machine's affair, and what runs beside on it.
   */
  private void calm(World world) {
    Measured measured = measured(world, CALM).asItIs();
    alarms.stream()
        .filter(alarm -> alarm.series().stream().noneMatch(one -> one.statistic().startsWith("p")))
        .map(measured::seen)
        .filter(Measured.Seen::above)
        .forEach(seen -> wrong.add("without any fault: " + seen));
  }

  private void undergo(Ordeal ordeal, World world, Company company) {
    trouble.forget();
    long before = ordeal.struck().applyAsLong(trouble);
    int from = company.said();
    ordeal.begin().accept(trouble, company);
    Measured measured = measured(world, ordeal.lasts());
    int acknowledgedMeanwhile = company.acknowledged(from, company.said());
    Await.until("it has struck", () -> ordeal.struck().applyAsLong(trouble) > before);
    long struck = ordeal.struck().applyAsLong(trouble) - before;
    Map<String, Long> each = trouble.struck();
    trouble.calm();
    int to = company.said();
    String late = recovered(company, to);
    // What was held up is measured by the functions once it moves again.
    Measured whole = measured.until(Scrape.of(world.run()));
    if (!late.isEmpty()) {
      wrong.add(ordeal.name() + ": " + late);
    }
    company.complaints().forEach(complaint -> wrong.add(ordeal.name() + ": " + complaint));
    table.add(
        new Outcome(
            ordeal,
            struck,
            each,
            to - from,
            acknowledgedMeanwhile,
            company.lost(from, to),
            company.longestDelay(from, to),
            alarm(ordeal, measured, whole),
            firing(measured)));
  }

  /** What the alarm that should go off saw, while the fault lasted or once it was over. */
  private Measured.@Nullable Seen alarm(Ordeal ordeal, Measured meanwhile, Measured whole) {
    if (ordeal.alarm().isEmpty()) {
      return null;
    }
    for (Alarm alarm : alarms) {
      if (alarm.name().equals(ordeal.alarm())) {
        Measured.Seen seen = meanwhile.seen(alarm);
        seen = seen.above() ? seen : whole.seen(alarm);
        if (!seen.above()) {
          wrong.add(ordeal.name() + " lets no alarm go off: " + seen);
        }
        return seen;
      }
    }
    wrong.add("the template has no alarm " + ordeal.alarm());
    return null;
  }

  private static String recovered(Company company, int to) {
    try {
      company.awaitHeard(to, RECOVERY);
      return "";
    } catch (AssertionError late) {
      return String.valueOf(late.getMessage());
    }
  }

  /** Looks at the run again and again while a fault lasts. */
  private static Measured measured(World world, Duration lasts) {
    long begin = System.nanoTime();
    List<Scrape> looks = new ArrayList<>(List.of(Scrape.of(world.run())));
    long next = begin;
    while (System.nanoTime() - begin < lasts.toNanos()) {
      next += BETWEEN_LOOKS.toNanos();
      long until = Math.min(next, begin + lasts.toNanos());
      Await.until("it is time for a look", () -> System.nanoTime() >= until);
      looks.add(Scrape.of(world.run()));
    }
    return new Measured(looks, Duration.ofNanos(System.nanoTime() - begin), lasts);
  }

  private List<Measured.Seen> firing(Measured measured) {
    return alarms.stream().map(measured::seen).filter(Measured.Seen::above).toList();
  }

  private void write(Duration took) throws IOException {
    String results = System.getProperty(RESULTS, "");
    if (!results.isEmpty() && ONLY.isEmpty()) {
      String run =
          "%s, %d processors, in-process, %d messages a second; %d minutes in all.%n%n"
              .formatted(
                  LocalDate.now(ZoneOffset.UTC),
                  Runtime.getRuntime().availableProcessors(),
                  MESSAGES_A_SECOND,
                  took.plusSeconds(30).toMinutes());
      Files.writeString(Path.of(results), run + table);
    }
  }
}
