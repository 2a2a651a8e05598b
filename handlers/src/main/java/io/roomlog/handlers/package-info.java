/** The functions behind the API's routes: parse, one call, answer. */
@NullMarked
package io.roomlog.handlers;

import org.jspecify.annotations.NullMarked;
