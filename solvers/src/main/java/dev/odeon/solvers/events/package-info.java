/**
 * Events that end a solve: {@link dev.odeon.solvers.events.StopEvent} says which, {@link
 * dev.odeon.solvers.events.EventResult} where each sample met it.
 *
 * <p>Neighbours: {@code solvers.events.search}, how they are found.
 */
@NullMarked
package dev.odeon.solvers.events;

import org.jspecify.annotations.NullMarked;
