package io.roomlog.handlers;

import io.roomlog.core.Pause;
import io.roomlog.core.cloudwatch.EmbeddedMetrics;
import io.roomlog.core.config.AwsSettings;
import io.roomlog.core.config.Settings;
import io.roomlog.core.dynamo.DynamoBans;
import io.roomlog.core.dynamo.DynamoDb;
import io.roomlog.core.dynamo.DynamoLogStore;
import io.roomlog.core.dynamo.DynamoMembership;
import io.roomlog.core.log.BanStore;
import io.roomlog.core.log.Retention;
import io.roomlog.core.log.RoomLog;
import io.roomlog.core.membership.Membership;
import io.roomlog.core.metrics.Metrics;
import io.roomlog.core.snapshot.FreshRandom;
import io.roomlog.core.snapshot.Priming;
import io.roomlog.handlers.identity.AccessSettings;
import io.roomlog.handlers.identity.IssuerKeys;
import io.roomlog.handlers.identity.SignedTokens;
import io.roomlog.handlers.identity.Tokens;
import io.roomlog.handlers.rate.SendRate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** Builds what the functions of this module need, from their variables. */
final class Wiring {

  private static final List<String> TABLES =
      List.of("CONNECTIONS_TABLE", "ROOMS_TABLE", "MESSAGES_TABLE", "SENDS_TABLE");

  private Wiring() {}

  private record LogConfig(
      AwsSettings aws, String rooms, String messages, String sends, int retentionDays) {}

  private record MembershipConfig(AwsSettings aws, String rooms, String connections) {}

  /** The variables that Lambda starts the function with; read nowhere else. */
  static Map<String, String> environment() {
    return System.getenv();
  }

  /** What a function measures goes to its log, under its name. */
  static Metrics metrics(Map<String, String> environment) {
    return EmbeddedMetrics.of(environment);
  }

  /**
   * Has a function work once before a snapshot is taken: all of it without reaching anything, and
   * then one call that does, for what stands between the SDK and the network.
   */
  static void prime(Priming.Rehearsed work) {
    Map<String, String> environment = environment();
    Priming.beforeSnapshot(
        environment,
        rehearsing -> {
          work.once(rehearsing);
          TABLES.stream()
              .map(environment::get)
              .filter(Objects::nonNull)
              .findFirst()
              .ifPresent(table -> DynamoDb.greet(aws(environment), http(), table));
        });
  }

  private static AwsSettings aws(Map<String, String> environment) {
    return Settings.read(environment, AwsSettings::of);
  }

  /** To append to. */
  static RoomLog roomLog(Map<String, String> environment, Metrics metrics) {
    return roomLog(
        environment,
        metrics,
        settings ->
            new LogConfig(
                AwsSettings.of(settings),
                settings.required("ROOMS_TABLE"),
                settings.required("MESSAGES_TABLE"),
                settings.required("SENDS_TABLE"),
                settings.number("RETENTION_DAYS", 0, 0, Retention.DAYS_MAX)));
  }

  /** Reading looks at no ids, so its functions have no right to that table. */
  static RoomLog roomLogToRead(Map<String, String> environment, Metrics metrics) {
    return roomLog(
        environment,
        metrics,
        settings ->
            new LogConfig(
                AwsSettings.of(settings),
                settings.required("ROOMS_TABLE"),
                settings.required("MESSAGES_TABLE"),
                "",
                0));
  }

  /** Heads stand in the counters alone. */
  static RoomLog heads(Map<String, String> environment) {
    return roomLog(
        environment,
        Metrics.none(),
        settings ->
            new LogConfig(AwsSettings.of(settings), settings.required("ROOMS_TABLE"), "", "", 0));
  }

  private static RoomLog roomLog(
      Map<String, String> environment, Metrics metrics, Function<Settings, LogConfig> read) {
    LogConfig config = Settings.read(environment, read);
    DynamoLogStore store =
        new DynamoLogStore(
            DynamoDb.client(config.aws(), http()),
            config.rooms(),
            config.messages(),
            config.sends());
    return new RoomLog(
        store,
        Retention.ofDays(config.retentionDays()),
        InstantSource.system(),
        FreshRandom.ofThisProcess(),
        Pause.real(),
        metrics);
  }

  /** As fast as a connection may send. */
  static SendRate sendRate(Map<String, String> environment) {
    return Settings.read(
        environment,
        settings ->
            new SendRate(
                settings.number(
                    "SENDS_PER_SECOND", SendRate.PER_SECOND, 1, SendRate.PER_SECOND_MAX),
                settings.number(
                    "SENDS_BURST", SendRate.BURST, SendRate.BURST_MIN, SendRate.BURST_MAX),
                InstantSource.system()));
  }

  /** Verifies tokens; null in anonymous mode. */
  static @Nullable Tokens tokens(AccessSettings settings) {
    AccessSettings.Issuer issuer = settings.issuer();
    InstantSource clock = InstantSource.system();
    return issuer == null
        ? null
        : new SignedTokens(
            issuer.name(), issuer.audience(), new IssuerKeys(issuer.keys(), clock), clock);
  }

  static Membership membership(Map<String, String> environment) {
    return membershipOn(
        Settings.read(
            environment,
            settings ->
                new MembershipConfig(
                    AwsSettings.of(settings),
                    settings.required("ROOMS_TABLE"),
                    settings.required("CONNECTIONS_TABLE"))));
  }

  /** Who may not connect. */
  static BanStore bans(Map<String, String> environment) {
    LogConfig config =
        Settings.read(
            environment,
            settings ->
                new LogConfig(
                    AwsSettings.of(settings), settings.required("ROOMS_TABLE"), "", "", 0));
    return new DynamoBans(DynamoDb.client(config.aws(), http()), config.rooms());
  }

  /** Leaving reads no room's number of shards, so its function has no right to that table. */
  static Membership membershipToLeave(Map<String, String> environment) {
    return membershipOn(
        Settings.read(
            environment,
            settings ->
                new MembershipConfig(
                    AwsSettings.of(settings), "", settings.required("CONNECTIONS_TABLE"))));
  }

  private static Membership membershipOn(MembershipConfig config) {
    return new DynamoMembership(
        DynamoDb.client(config.aws(), http()),
        config.rooms(),
        config.connections(),
        FreshRandom.ofThisProcess());
  }

  /**
   * A function serves one event at a time, so the smallest client that keeps a connection serves.
   */
  private static SdkHttpClient.Builder<?> http() {
    return UrlConnectionHttpClient.builder();
  }
}
