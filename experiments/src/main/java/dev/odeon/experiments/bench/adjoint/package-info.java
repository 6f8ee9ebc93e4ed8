/**
 * Time and memory of gradients against the number of steps: {@code odeon bench adjoint}.
 *
 * <p>Start with {@link dev.odeon.experiments.bench.adjoint.BenchAdjoint}, the command. A {@link
 * dev.odeon.experiments.bench.adjoint.Dynamics} is a system with a network in the place of its field, a {@link
 * dev.odeon.experiments.bench.adjoint.Variant} a gradient with the steps that it needs; {@link
 * dev.odeon.experiments.bench.adjoint.MeasuredGradient} runs the two together, {@link
 * dev.odeon.experiments.bench.adjoint.Training} trains with them. Neighbours: {@code experiments.results} and {@code
 * plots}, which write what comes out.
 */
@NullMarked
package dev.odeon.experiments.bench.adjoint;

import org.jspecify.annotations.NullMarked;
