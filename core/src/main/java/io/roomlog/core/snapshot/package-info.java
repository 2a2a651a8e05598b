/**
 * What a process does before a snapshot of it is taken, and after one is restored: many processes
 * begin as the same one.
 */
@NullMarked
package io.roomlog.core.snapshot;

import org.jspecify.annotations.NullMarked;
