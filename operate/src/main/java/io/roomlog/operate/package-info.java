/**
 * The operator's commands, on this machine's run and on AWS alike.
 *
 * <p>A reader's path: {@link io.roomlog.operate.Main} → {@code Command} → {@code Sites} → what the
 * command does, on the ports of {@code core}.
 */
@NullMarked
package io.roomlog.operate;

import org.jspecify.annotations.NullMarked;
