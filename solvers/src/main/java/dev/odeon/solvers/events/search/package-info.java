/**
 * How events are found: {@link dev.odeon.solvers.events.search.Crossing} within a step, {@link
 * dev.odeon.solvers.events.search.EventSearch} step by step.
 *
 * <p>Neighbours: {@code solvers.engine} with the dense output of a step; both loops in {@code solvers.forward} carry the
 * search, each in its own way.
 */
@NullMarked
package dev.odeon.solvers.events.search;

import org.jspecify.annotations.NullMarked;
