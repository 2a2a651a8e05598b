/** A long run of what people start, with a look at what it keeps. */
@NullMarked
package io.roomlog.tests.soak;

import org.jspecify.annotations.NullMarked;
