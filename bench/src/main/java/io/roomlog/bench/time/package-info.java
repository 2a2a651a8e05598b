/** What takes time: the real fan-out in virtual time, against a model of the platform. */
@NullMarked
package io.roomlog.bench.time;

import org.jspecify.annotations.NullMarked;
