/**
 * What an engine must offer to be looped over: start with {@link dev.odeon.solvers.stepping.Stepper}.
 *
 * <p>One engine per family implements it: {@code solvers.rungekutta}, {@code solvers.multistep}, {@code
 * solvers.implicit}, {@code solvers.exponential}. The loops in {@code solvers.forward} know only this package.
 */
@NullMarked
package dev.odeon.solvers.stepping;

import org.jspecify.annotations.NullMarked;
