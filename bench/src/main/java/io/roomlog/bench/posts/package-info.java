/**
 * The SDK's HTTP clients as they post: what a post takes of a processor, and whether the chosen one
 * stays as it is for long. Client and server are processes of their own.
 */
@NullMarked
package io.roomlog.bench.posts;

import org.jspecify.annotations.NullMarked;
