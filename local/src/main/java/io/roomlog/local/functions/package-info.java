/** The functions of the deployment, run as Lambda runs them. */
@NullMarked
package io.roomlog.local.functions;

import org.jspecify.annotations.NullMarked;
