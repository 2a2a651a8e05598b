/**
 * Lambda's event source mapping for DynamoDB Streams.
 *
 * <p>A reader's path: {@link EventSourceMappings} starts a {@link StreamPoller} for each mapping of
 * the template; it follows the stream's shards ({@link Lineage}) and gives each a {@link
 * ShardPoller}. That reads the shard through a {@link StreamSource}, drops what the {@link
 * EventFilter} does not pass, and gathers the rest ({@link ShardBuffer}, {@link BatchLimits}); a
 * {@link Lane} takes one {@link Batch} after another, invokes the function, and does what the
 * {@link RetryPlan} says of its {@link Verdict}. How far everything is handled is the {@link
 * Checkpoint}.
 */
@NullMarked
package io.roomlog.local.stream;

import org.jspecify.annotations.NullMarked;
