package io.roomlog.local;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In these tests the console shows warnings. */
class RecentEventsTest {
  private static final Logger LOG = LoggerFactory.getLogger("io.roomlog.local.gateway.Some");
  private static final ch.qos.logback.classic.Logger ROOT =
      (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  private final ListAppender<ILoggingEvent> console = new ListAppender<>();
  private final RecentEvents events = RecentEvents.ofLog();

  @BeforeEach
  void watchTheConsole() {
    console.start();
    ROOT.addAppender(console);
  }

  @AfterEach
  void close() {
    events.close();
    ROOT.detachAppender(console);
  }

  @Test
  void anEventHasItsTimeItsLevelAndItsKeys() throws Exception {
    LOG.atDebug()
        .addKeyValue("connectionId", "a=")
        .addKeyValue("bytes", 7)
        .addKeyValue("code", "1001")
        .log("something");
    ObjectNode event = (ObjectNode) shown().get(0);
    assertThat(Instant.parse(event.remove("timestamp").asText())).isBeforeOrEqualTo(Instant.now());
    assertThat((JsonNode) event)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"level":"DEBUG","event":"something","connectionId":"a=","bytes":7,
                     "code":"1001"}\
                    """));
  }

  @Test
  void whatAFunctionsExceptionSaysIsNotShown() {
    LOG.atError()
        .addKeyValue("function", "F")
        .addKeyValue("errorMessage", "no 'a secret' here")
        .addKeyValue("stackTrace", "at a secret")
        .setCause(new IllegalStateException("no 'a secret' here"))
        .log("invocation_failed");
    assertThat(shown().toString())
        .contains("\"exception\":\"java.lang.IllegalStateException\"")
        .doesNotContain("secret");
  }

  @Test
  void theConsoleShowsWhatItShowedBeforeAndOnce() {
    LOG.atDebug().log("below");
    LOG.atWarn().log("above");
    assertThat(console.list).extracting(ILoggingEvent::getMessage).containsExactly("above");
    assertThat(shown()).hasSize(2);
  }

  @Test
  void theLogIsAsBeforeInTheEnd() {
    events.close();
    LOG.atDebug().log("below");
    LOG.atWarn().log("above");
    assertThat(console.list).extracting(ILoggingEvent::getMessage).containsExactly("above");
    assertThat(LOG.isDebugEnabled()).isFalse();
    assertThat(shown()).isEmpty();
  }

  @Test
  void whatOthersLogIsTheirs() {
    LoggerFactory.getLogger("io.roomlog.handlers.Some").atWarn().log("theirs");
    assertThat(console.list).hasSize(1);
    assertThat(shown()).isEmpty();
  }

  @Test
  void onlyTheLastAreKeptTheOldestFirst() {
    for (int i = 1; i <= RecentEvents.EVENTS_MAX; i++) {
      LOG.atDebug().addKeyValue("number", i).log("some");
    }
    assertThat(shown()).hasSize(RecentEvents.EVENTS_MAX);
    assertThat(shown().get(0).path("number").asInt()).isEqualTo(1);
    LOG.atDebug().addKeyValue("number", RecentEvents.EVENTS_MAX + 1).log("some");
    assertThat(shown()).hasSize(RecentEvents.EVENTS_MAX);
    assertThat(shown().get(0).path("number").asInt()).isEqualTo(2);
    assertThat(shown().get(RecentEvents.EVENTS_MAX - 1).path("number").asInt())
        .isEqualTo(RecentEvents.EVENTS_MAX + 1);
  }

  private ArrayNode shown() {
    ArrayNode into = new ObjectMapper().createArrayNode();
    events.write(into);
    return into;
  }
}
