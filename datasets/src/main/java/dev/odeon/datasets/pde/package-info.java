/**
 * Simulators of stiff partial differential equations, for data to learn from.
 *
 * <p>Start with {@link dev.odeon.datasets.pde.KuramotoSivashinsky} or {@link dev.odeon.datasets.pde.Burgers}: a record of
 * settings with sensible defaults and a method {@code simulate()}. The result is a
 * {@link dev.odeon.datasets.pde.Trajectories}, which becomes a tensor or, through
 * {@link dev.odeon.datasets.pde.TrajectoryFile}, an Arrow file, which {@link dev.odeon.datasets.pde.TrajectoryTable} turns into
 * tensors without arrays in between.
 *
 * <table>
 * <caption>Equations</caption>
 * <tr><th>class</th><th>equation</th><th>defaults</th></tr>
 * <tr><td>KuramotoSivashinsky</td><td>u_t = -u u_x - u_xx - u_xxxx</td><td>[0, 22), 64 points, every 0.2</td></tr>
 * <tr><td>Burgers</td><td>u_t = -u u_x + nu u_xx</td><td>nu = 8e-4 on [0, 1), 512 points, every 0.1</td></tr>
 * <tr><td>Diffusion</td><td>u_t = D u_xx</td><td>D = 0.01 on [0, 1), 64 points, every 0.02</td></tr>
 * <tr><td>GrayScott</td><td>reaction and diffusion of two substances in a square</td>
 *     <td>64 x 64 points of [0, 1)^2, every 50</td></tr>
 * </table>
 *
 * <p>Underneath, the first two are one {@code SpectralSimulation}: a real Fourier transform in space ({@code RealSpectrum}), the
 * product of {@code Advection}, and {@link dev.odeon.datasets.pde.Etdrk4} in time. A new equation with the same product is
 * one more record with its own symbol. Neighbours: {@code dynamics} simulates
 * ordinary differential equations; {@code arrow} writes the files; nothing here knows TensorFlow's graph.
 */
@NullMarked
package dev.odeon.datasets.pde;

import org.jspecify.annotations.NullMarked;
