/**
 * Events that end a solve: start with {@link dev.odeon.solvers.events.StopEvent}; {@link
 * dev.odeon.solvers.events.EventResult} tells when and where they came.
 *
 * <p>Neighbours: {@code solvers.events.search} finds them.
 */
@NullMarked
package dev.odeon.solvers.events;

import org.jspecify.annotations.NullMarked;
