/** A room's log and membership on DynamoDB. */
@NullMarked
package io.roomlog.core.dynamo;

import org.jspecify.annotations.NullMarked;
