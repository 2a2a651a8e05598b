/** Worlds for the tests of this module and of others. */
@NullMarked
package io.roomlog.core.testing;

import org.jspecify.annotations.NullMarked;
