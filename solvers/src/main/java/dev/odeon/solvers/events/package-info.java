/**
 * Events that end a solve: start with {@link dev.odeon.solvers.events.StopEvent}; {@link
 * dev.odeon.solvers.events.Crossing} finds them within a step, {@link dev.odeon.solvers.events.EventSearch} step by
 * step.
 *
 * <p>Neighbours: {@code solvers.engine} with the dense output of a step; both loops in {@code solvers.forward} carry the
 * search, each in its own way.
 */
@NullMarked
package dev.odeon.solvers.events;

import org.jspecify.annotations.NullMarked;
