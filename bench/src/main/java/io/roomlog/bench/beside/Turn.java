package io.roomlog.bench.beside;

import io.roomlog.bench.machine.Schedule;

/**
 * Messages that were sent one way, one after the other.
 *
 * @param way which
 * @param first the number of the first of them
 * @param schedule when each was to be sent
 * @param postsToDead posts to dead connections meanwhile
 */
record Turn(Way way, int first, Schedule schedule, int postsToDead) {

  boolean has(int number) {
    return number >= first && number < first + schedule.count();
  }

  /** When a message was to be sent. */
  long at(int number) {
    return schedule.at(number - first);
  }
}
