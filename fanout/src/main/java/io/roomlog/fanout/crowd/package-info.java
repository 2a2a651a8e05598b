/**
 * Ranges of positions that are to be pushed to a room, and the queue on which they wait: what the
 * stream function hands over of a big room, and what an operator pushes again.
 */
@NullMarked
package io.roomlog.fanout.crowd;

import org.jspecify.annotations.NullMarked;
