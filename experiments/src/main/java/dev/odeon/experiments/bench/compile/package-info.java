/**
 * TensorFlow's executor against XLA, over methods, gradients and sizes of the state: {@code odeon bench compile}.
 *
 * <p>Start with {@link dev.odeon.experiments.bench.compile.BenchCompile}, the command. A {@link
 * dev.odeon.experiments.bench.compile.CompileCase} is one solve, a {@link dev.odeon.experiments.bench.compile.CompiledSolve}
 * its graph and session. Neighbours: {@code graph}, whose {@code CompilationChoice} rests on these measurements.
 */
@NullMarked
package dev.odeon.experiments.bench.compile;

import org.jspecify.annotations.NullMarked;
