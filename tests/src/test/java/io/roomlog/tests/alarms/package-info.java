/** The template's alarms, held against what a run has measured. */
@NullMarked
package io.roomlog.tests.alarms;

import org.jspecify.annotations.NullMarked;
