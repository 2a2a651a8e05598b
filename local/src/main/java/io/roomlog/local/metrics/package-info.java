/** What the functions measure, for a scraper on this machine. */
@NullMarked
package io.roomlog.local.metrics;

import org.jspecify.annotations.NullMarked;
