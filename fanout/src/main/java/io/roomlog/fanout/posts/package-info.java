/**
 * Posts to connections: what may become of one, and the {@code @connections} API of API Gateway,
 * called by AWS's Common Runtime without the rest of the SDK.
 */
@NullMarked
package io.roomlog.fanout.posts;

import org.jspecify.annotations.NullMarked;
