/**
 * Simulators of stiff partial differential equations, for data to learn from.
 *
 * <p>Start with {@link dev.odeon.datasets.pde.KuramotoSivashinsky} or {@link dev.odeon.datasets.pde.Burgers}: a record of
 * settings with sensible defaults and a method {@code simulate()}. The result is a
 * {@link dev.odeon.datasets.pde.Trajectories}, which becomes a tensor or, through
 * {@link dev.odeon.datasets.pde.TrajectoryFile}, an Arrow file.
 *
 * <table>
 * <caption>Equations</caption>
 * <tr><th>class</th><th>equation</th><th>defaults</th></tr>
 * <tr><td>KuramotoSivashinsky</td><td>u_t = -u u_x - u_xx - u_xxxx</td><td>[0, 22), 64 points, every 0.2</td></tr>
 * <tr><td>Burgers</td><td>u_t = -u u_x + nu u_xx</td><td>nu = 8e-4 on [0, 1), 512 points, every 0.1</td></tr>
 * </table>
 *
 * <p>Underneath, both are one {@code SpectralSimulation}: a real Fourier transform in space ({@code RealSpectrum}), the
 * product of {@code Advection}, and {@link dev.odeon.datasets.pde.Etdrk4} in time. A new equation with the same product is
 * one more record with its own symbol. Neighbours: {@code arrow} writes the files; nothing here knows TensorFlow's graph.
 */
@NullMarked
package dev.odeon.datasets.pde;

import org.jspecify.annotations.NullMarked;
