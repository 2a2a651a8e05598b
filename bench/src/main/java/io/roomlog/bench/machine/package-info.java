/** What every measurement on a machine needs: where it ran, how far it is, what it came to. */
@NullMarked
package io.roomlog.bench.machine;

import org.jspecify.annotations.NullMarked;
