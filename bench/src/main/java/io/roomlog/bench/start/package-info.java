/** From the start of a cold JVM to what a function does first, one build of it beside another. */
@NullMarked
package io.roomlog.bench.start;

import org.jspecify.annotations.NullMarked;
