/** What somebody does with Roomlog, from socket to socket. */
@NullMarked
package io.roomlog.tests.scenario;

import org.jspecify.annotations.NullMarked;
