/** Settings, read once from the environment of a function and checked at start. */
@NullMarked
package io.roomlog.core.config;

import org.jspecify.annotations.NullMarked;
