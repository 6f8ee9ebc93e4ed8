/**
 * What an engine must offer to be looped over: start with {@link dev.odeon.solvers.engine.Stepper}. {@link
 * dev.odeon.solvers.engine.Interpolant} and {@link dev.odeon.solvers.engine.Hermite} are the dense output of a step,
 * {@link dev.odeon.solvers.engine.Columns} the shape of what each sample has of its own.
 *
 * <p>One engine per family implements it: {@code solvers.rungekutta}, {@code solvers.multistep}, {@code
 * solvers.implicit}, {@code solvers.exponential}. The loops in {@code solvers.forward} know only this package.
 */
@NullMarked
package dev.odeon.solvers.engine;

import org.jspecify.annotations.NullMarked;
