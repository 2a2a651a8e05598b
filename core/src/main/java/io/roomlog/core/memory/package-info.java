/**
 * A room's log and membership in memory, under the same contracts as DynamoDB's: for tests and for
 * simulations with more messages than a database on one machine would take.
 */
@NullMarked
package io.roomlog.core.memory;

import org.jspecify.annotations.NullMarked;
