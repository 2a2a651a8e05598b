/**
 * The whole of Roomlog in virtual time, with everything around it misbehaving: the real log,
 * handlers and fan-out and the reference client, between a simulated storage, stream, gateway and
 * network. One seed is one run, to the letter. {@link io.roomlog.tests.simulation.Simulation} is
 * the place to begin.
 */
@NullMarked
package io.roomlog.tests.simulation;

import org.jspecify.annotations.NullMarked;
