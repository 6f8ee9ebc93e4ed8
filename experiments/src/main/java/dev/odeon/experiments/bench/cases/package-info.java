/**
 * One training iteration of six problems, as users meet them, with default options: {@code odeon bench cases}.
 *
 * <p>Start with {@link dev.odeon.experiments.bench.cases.BenchCases}, the command. {@link
 * dev.odeon.experiments.bench.cases.TrainedCase} has the problems, {@link dev.odeon.experiments.bench.cases.CaseRun} one of them
 * in a graph, {@link dev.odeon.experiments.bench.cases.Rival} the figures of another library, {@link
 * dev.odeon.experiments.bench.cases.CaseReport} the page that shows both. The other library's side is {@code
 * experiments/bench/torch_cases.py}.
 */
@NullMarked
package dev.odeon.experiments.bench.cases;

import org.jspecify.annotations.NullMarked;
