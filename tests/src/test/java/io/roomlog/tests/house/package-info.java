/** The house rules, as tests. */
@NullMarked
package io.roomlog.tests.house;

import org.jspecify.annotations.NullMarked;
