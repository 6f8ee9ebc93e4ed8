/**
 * The loops over the steps: start with {@link dev.odeon.solvers.forward.ForwardLoop} for steps of fixed sizes and {@link
 * dev.odeon.solvers.forward.AdaptiveLoop} for steps chosen on the way; {@link dev.odeon.solvers.forward.Steppers} gives a
 * method its engine.
 */
@NullMarked
package dev.odeon.solvers.forward;

import org.jspecify.annotations.NullMarked;
