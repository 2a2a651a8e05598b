package io.roomlog.tests.components;

import io.roomlog.tests.alarms.Measured;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of an ordeal.
 *
 * @param ordeal which
 * @param struck how often the fault struck
 * @param each of these, by what was struck, where that is counted
 * @param said messages that were said meanwhile
 * @param acknowledged of these, those that were acknowledged before it was over
 * @param lost of these, those that were acknowledged at any time and did not come to everybody
 * @param longest from saying one of them to when the last has heard it
 * @param alarm what the alarm that should go off saw; null if none should
 * @param firing every alarm that would go off
 */
record Outcome(
    Ordeal ordeal,
    long struck,
    Map<String, Long> each,
    int said,
    int acknowledged,
    int lost,
    Duration longest,
    Measured.@Nullable Seen alarm,
    List<Measured.Seen> firing) {}
