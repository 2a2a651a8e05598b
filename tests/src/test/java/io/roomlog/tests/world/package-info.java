/** A Roomlog that runs, and clients that talk to it. */
@NullMarked
package io.roomlog.tests.world;

import org.jspecify.annotations.NullMarked;
