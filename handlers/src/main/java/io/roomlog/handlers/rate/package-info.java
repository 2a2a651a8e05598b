/** How much one connection may send. */
@NullMarked
package io.roomlog.handlers.rate;

import org.jspecify.annotations.NullMarked;
