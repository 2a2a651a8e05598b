package io.roomlog.bench.memory;

/**
 * What an event takes of a warm function that has a processor to itself.
 *
 * @param millis until its answer, the mean
 * @param processorMillis of these on the processor, with the runtime, its compiler and collector
 */
record Used(double millis, double processorMillis) {

  /** One vCPU, from docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html. */
  static final int PROCESSOR_MIB = 1_769;

  /** The share of a processor that comes with so much memory. */
  static double share(int memoryMiB) {
    return Math.min(1, memoryMiB / (double) PROCESSOR_MIB);
  }

  /** What it would take with so much memory, where it waits for others so long. */
  double millisWith(int memoryMiB, double waiting) {
    return waiting + processorMillis / share(memoryMiB);
  }
}
