/**
 * Whether graphs stay on a GPU, asked of the GPU build of TensorFlow without a GPU: it loads anywhere and tells its kernels.
 *
 * <p>Start with {@link dev.odeon.experiments.readiness.GpuReadinessTest}. {@link dev.odeon.experiments.readiness.KernelRegistry}
 * reads the kernels, {@link dev.odeon.experiments.readiness.GraphReport} asks it about one graph, {@link
 * dev.odeon.experiments.readiness.LoopCopies} about the loops that the executor runs, {@link
 * dev.odeon.experiments.readiness.Zoo} has the graphs. Neighbours: {@code models.training}, which builds training graphs.
 */
@NullMarked
package dev.odeon.experiments.readiness;

import org.jspecify.annotations.NullMarked;
