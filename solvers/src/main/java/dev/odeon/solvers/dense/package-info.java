/**
 * Solutions that can be asked at any time: {@link dev.odeon.solvers.dense.DenseSolution}.
 *
 * <p>Neighbours: the loops in {@code solvers.forward} record what it reads.
 */
@NullMarked
package dev.odeon.solvers.dense;

import org.jspecify.annotations.NullMarked;
