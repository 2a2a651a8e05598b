/** What Roomlog counts and times about itself. */
@NullMarked
package io.roomlog.core.metrics;

import org.jspecify.annotations.NullMarked;
