/**
 * The log of a room. {@link io.roomlog.core.log.RoomLog} is the protocol, {@link
 * io.roomlog.core.log.LogStore} the few storage calls that it is made of.
 */
@NullMarked
package io.roomlog.core.log;

import org.jspecify.annotations.NullMarked;
