/**
 * From a batch of stream records to everybody in the rooms. A reader's path: {@link
 * io.roomlog.fanout.FanOut}, {@code Batch}, {@code RoomDelivery}, {@code Frames}, {@link
 * io.roomlog.fanout.Posts}, {@code Throttle}, {@code Pruner}, {@code Checkpoint}.
 */
@NullMarked
package io.roomlog.fanout;

import org.jspecify.annotations.NullMarked;
