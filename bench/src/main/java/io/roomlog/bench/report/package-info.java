/** Tables, charts and prices. */
@NullMarked
package io.roomlog.bench.report;

import org.jspecify.annotations.NullMarked;
