/** What is exact: posts, bytes, units and calls, on any machine the same. */
@NullMarked
package io.roomlog.bench.counts;

import org.jspecify.annotations.NullMarked;
