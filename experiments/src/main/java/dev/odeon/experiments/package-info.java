/**
 * The command line {@code odeon}: one class per command.
 *
 * <p>Start with {@link dev.odeon.experiments.Odeon}, the root: it lists the commands and decides what an error looks like.
 *
 * <table>
 * <caption>Commands</caption>
 * <tr><td>{@code odeon doctor}</td><td>{@link dev.odeon.experiments.Doctor}: could training start on this machine?</td></tr>
 * <tr><td>{@code odeon data}</td><td>{@link dev.odeon.experiments.DataCommand}: lists and downloads data sets</td></tr>
 * <tr><td>{@code odeon train}</td><td>{@link dev.odeon.experiments.Train}: the experiments of the papers,
 *     listed in {@link dev.odeon.experiments.Experiments}</td></tr>
 * <tr><td>{@code odeon solve}</td><td>{@link dev.odeon.experiments.solve.Solve}: equations without training</td></tr>
 * <tr><td>{@code odeon bench}</td><td>{@link dev.odeon.experiments.bench.Bench}: what iterations and solves cost</td></tr>
 * <tr><td>{@code odeon methods}</td><td>{@link dev.odeon.experiments.methods.MethodsCommand}: the table of methods</td></tr>
 * <tr><td>{@code odeon kernel}</td><td>{@link dev.odeon.experiments.kernel.KernelCommand}: a kernel for notebooks</td></tr>
 * </table>
 *
 * <p>Neighbours: it may use every other room; none uses it.
 */
@NullMarked
package dev.odeon.experiments;

import org.jspecify.annotations.NullMarked;
