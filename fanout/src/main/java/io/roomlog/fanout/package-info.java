/**
 * From a batch of stream records to everybody in the rooms. A reader's path: {@link
 * io.roomlog.fanout.FanOut}, {@code Batch}, {@code Pushing}, {@code Crew}, {@code RoomDelivery},
 * {@code Frames}, {@code Share}, {@link io.roomlog.fanout.Posts}, {@code Limiter}, {@code Pruner},
 * {@code Checkpoint}.
 */
@NullMarked
package io.roomlog.fanout;

import org.jspecify.annotations.NullMarked;
