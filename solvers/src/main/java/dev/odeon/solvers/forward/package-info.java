/**
 * The loop over steps of fixed sizes, {@link dev.odeon.solvers.forward.ForwardLoop}, and what all loops share: {@link
 * dev.odeon.solvers.forward.Steppers} gives a method its engine.
 *
 * <p>Neighbours: {@code forward.adaptive} for steps chosen on the way.
 */
@NullMarked
package dev.odeon.solvers.forward;

import org.jspecify.annotations.NullMarked;
