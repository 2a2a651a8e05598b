/**
 * The way of AWS's sample application (aws-samples/simple-websockets-chat-app): the function of the
 * sender reads the whole table of connections and posts to each. Written anew from its behaviour,
 * to be measured beside Roomlog.
 */
@NullMarked
package io.roomlog.bench.beside.sample;

import org.jspecify.annotations.NullMarked;
