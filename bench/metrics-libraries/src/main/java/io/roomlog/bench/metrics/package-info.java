/** What a library for CloudWatch's metrics costs a function that starts. */
@NullMarked
package io.roomlog.bench.metrics;

import org.jspecify.annotations.NullMarked;
