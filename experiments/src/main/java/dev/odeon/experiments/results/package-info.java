/**
 * What commands leave behind: {@link dev.odeon.experiments.results.ResultFiles} writes tables and summaries, {@link
 * dev.odeon.experiments.results.MeasuredSolve} runs one solve and tells what it cost.
 *
 * <p>Neighbours: {@code adjoint} below; the packages of the single commands above.
 */
@NullMarked
package dev.odeon.experiments.results;

import org.jspecify.annotations.NullMarked;
