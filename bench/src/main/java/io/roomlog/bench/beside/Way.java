package io.roomlog.bench.beside;

import java.util.Arrays;
import java.util.Optional;

/** Ways of bringing a message to everybody in a room. */
enum Way {
  /** Appends in the sender's function; the stream's function posts. */
  ROOMLOG("Roomlog", "sendmessage", "SendMessageFunction"),
  /** The sender's function posts, as AWS's sample application does it today. */
  SAMPLE_TODAY("sample as today", "sampletoday", "SampleTodayFunction"),
  /** The same with its faults mended. */
  SAMPLE_REPAIRED("sample repaired", "samplerepaired", "SampleRepairedFunction");

  private final String title;
  private final String action;
  private final String function;

  Way(String title, String action, String function) {
    this.title = title;
    this.action = action;
    this.function = function;
  }

  /** As a table names it. */
  String title() {
    return title;
  }

  /** The frame that says a text, which must need no escaping. */
  String frame(String text) {
    return "{\"action\":\"" + action + "\",\"data\":\"" + text + "\"}";
  }

  /** The way whose sender's function that is, if it is one. */
  static Optional<Way> of(String function) {
    return Arrays.stream(values()).filter(way -> way.function.equals(function)).findFirst();
  }
}
