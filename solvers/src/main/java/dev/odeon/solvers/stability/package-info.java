/**
 * How large a step a method can take before it blows up, told from its coefficients: {@link
 * dev.odeon.solvers.stability.RealStability}.
 *
 * <p>Neighbours: {@code solvers} with the methods and {@code multistep} with the weights of Adams methods, both below; the
 * command line above.
 */
@NullMarked
package dev.odeon.solvers.stability;

import org.jspecify.annotations.NullMarked;
