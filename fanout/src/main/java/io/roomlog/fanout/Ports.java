package io.roomlog.fanout;

import io.roomlog.core.Pause;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.membership.Membership;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the fan-out needs from outside.
 *
 * @param log read for what is missing inside a batch
 * @param membership who is in a room
 * @param posts the gateway
 * @param concurrency posts under way at once, at most
 * @param clock tells how long an invocation may still run
 * @param random the jitter of back-off
 * @param pause waits between tries
 * @param threads starts an executor that runs blocking work at once, a thread each
 */
public record Ports(
    LogStore log,
    Membership membership,
    Posts posts,
    int concurrency,
    InstantSource clock,
    RandomGenerator random,
    Pause pause,
    Supplier<ExecutorService> threads) {}
