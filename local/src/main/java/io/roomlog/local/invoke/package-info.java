/** Lambda's Invoke API for the functions of a run. */
@NullMarked
package io.roomlog.local.invoke;

import org.jspecify.annotations.NullMarked;
