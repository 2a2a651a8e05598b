/** Who is in a room. */
@NullMarked
package io.roomlog.core.membership;

import org.jspecify.annotations.NullMarked;
