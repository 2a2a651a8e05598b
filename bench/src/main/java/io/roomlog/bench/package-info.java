/** Makes the whole table of what a push costs and how long it takes. */
@NullMarked
package io.roomlog.bench;

import org.jspecify.annotations.NullMarked;
