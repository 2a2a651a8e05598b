/** Metrics in the form in which CloudWatch reads them out of a log. */
@NullMarked
package io.roomlog.core.cloudwatch;

import org.jspecify.annotations.NullMarked;
