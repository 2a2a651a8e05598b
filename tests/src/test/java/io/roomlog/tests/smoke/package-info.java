/**
 * The scenarios that any deployment must play, the run on this machine and one on AWS alike: {@code
 * ./roomlog smoke}. They look at nothing but what a client sees, and each has rooms of its own.
 */
@NullMarked
package io.roomlog.tests.smoke;

import org.jspecify.annotations.NullMarked;
