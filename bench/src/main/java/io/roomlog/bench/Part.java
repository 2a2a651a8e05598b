package io.roomlog.bench;

import java.util.Locale;

/** A part of the table that can be made by itself. */
enum Part {
  /** Exact counts, and the cost that follows from them. */
  COUNTS(false, 2, "what a push costs, counted"),
  /** The fan-out against a model of the platform. */
  TIME(false, 2, "the fan-out in virtual time"),
  /** From a cold JVM to the first post. */
  START(true, 4, "the start of the functions"),
  /** What memory does to a function's time and cost. */
  MEMORY(true, 5, "what memory does to a function's time and cost"),
  /** Processor time of the HTTP clients. */
  CPU(true, 4, "the processor time of a post, by HTTP client"),
  /** What a sender waits for. */
  SENDER(true, 5, "a sender's time over the size of the room"),
  /** Roomlog and the sample's way in turns. */
  BESIDE(true, 5, "Roomlog beside the way of AWS's sample"),
  /** A busy big room. */
  LOAD(true, 6, "a busy big room"),
  /** The posting client for some time. */
  SOAK(true, 11, "the posting client for ten minutes");

  private final boolean onMachine;
  private final int minutes;
  private final String what;

  Part(boolean onMachine, int minutes, String what) {
    this.onMachine = onMachine;
    this.minutes = minutes;
    this.what = what;
  }

  /** The name on the command line. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its figures are this machine's, and not the same on any. */
  boolean onMachine() {
    return onMachine;
  }

  /** How long it takes in full, in minutes, on two processors. */
  int minutes() {
    return minutes;
  }

  /** What it measures, for whoever waits. */
  String what() {
    return what;
  }
}
