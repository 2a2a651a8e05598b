/** What of a room's log has been pushed already. */
@NullMarked
package io.roomlog.core.push;

import org.jspecify.annotations.NullMarked;
