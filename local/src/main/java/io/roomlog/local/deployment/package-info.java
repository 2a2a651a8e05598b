/** What a template deploys, once it is read and every reference in it is resolved. */
@NullMarked
package io.roomlog.local.deployment;

import org.jspecify.annotations.NullMarked;
