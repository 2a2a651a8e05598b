/** JSON as it is on the wire and in the log. */
@NullMarked
package io.roomlog.core.wire;

import org.jspecify.annotations.NullMarked;
