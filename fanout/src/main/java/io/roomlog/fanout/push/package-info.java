/** The operator's command that pushes positions of a room again: {@code ./roomlog push}. */
@NullMarked
package io.roomlog.fanout.push;

import org.jspecify.annotations.NullMarked;
