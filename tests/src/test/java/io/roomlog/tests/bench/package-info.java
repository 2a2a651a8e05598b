/** What is measured, and printed, and never asserted. */
@NullMarked
package io.roomlog.tests.bench;

import org.jspecify.annotations.NullMarked;
