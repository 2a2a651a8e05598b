/** Rooms of real connections on this machine: what a sender waits for, and what all others do. */
@NullMarked
package io.roomlog.bench.rooms;

import org.jspecify.annotations.NullMarked;
