/** Roomlog and the way of AWS's sample application, in turns. */
@NullMarked
package io.roomlog.bench.beside;

import org.jspecify.annotations.NullMarked;
