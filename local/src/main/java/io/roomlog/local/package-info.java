/** The deployment of {@code template.yaml} on one machine. */
@NullMarked
package io.roomlog.local;

import org.jspecify.annotations.NullMarked;
