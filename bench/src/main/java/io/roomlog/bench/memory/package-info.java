/** What a function's memory, and with it its share of a processor, does to its time and cost. */
@NullMarked
package io.roomlog.bench.memory;

import org.jspecify.annotations.NullMarked;
