/**
 * Events that end a solve: start with {@link dev.odeon.solvers.events.StopEvent}; {@link
 * dev.odeon.solvers.events.Crossing} finds them within a step.
 *
 * <p>Neighbours: {@code solvers.engine} with the dense output of a step; the loops in {@code solvers.forward} look for the
 * crossings step by step.
 */
@NullMarked
package dev.odeon.solvers.events;

import org.jspecify.annotations.NullMarked;
