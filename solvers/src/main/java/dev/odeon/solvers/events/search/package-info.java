/**
 * How the loops find events: {@link dev.odeon.solvers.events.search.EventSearch} looks at a step, {@link
 * dev.odeon.solvers.events.search.Crossing} finds the first zero within it.
 *
 * <p>Neighbours: {@code solvers.events}, what a user asks for; {@code solvers.stepper} with the dense output of a step; the
 * loops in {@code solvers.forward}.
 */
@NullMarked
package dev.odeon.solvers.events.search;

import org.jspecify.annotations.NullMarked;
