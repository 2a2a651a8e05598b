/** Each component killed, throttled and starved in turn, under load. */
@NullMarked
package io.roomlog.tests.components;

import org.jspecify.annotations.NullMarked;
