/**
 * Simulators of ordinary differential equations and point clouds, for data to learn from.
 *
 * <p>Each simulator is a record of settings with defaults ({@code standard()}) and a method {@code simulate()}. Start with
 * {@link dev.odeon.datasets.dynamics.LotkaVolterra}. The result is {@link dev.odeon.datasets.pde.Trajectories} or a
 * {@link dev.odeon.datasets.dynamics.PointCloud}; both go to Arrow files with their settings as metadata.
 *
 * <table>
 * <caption>Equations</caption>
 * <tr><th>class</th><th>equation</th><th>check</th></tr>
 * <tr><td>{@link dev.odeon.datasets.dynamics.LotkaVolterra}</td><td>hares and lynxes</td><td>an invariant</td></tr>
 * <tr><td>{@link dev.odeon.datasets.dynamics.Lorenz}</td><td>the Lorenz system</td><td>its fixed points</td></tr>
 * <tr><td>{@link dev.odeon.datasets.dynamics.DoublePendulum}</td><td>two rods without friction</td><td>energy</td></tr>
 * <tr><td>{@link dev.odeon.datasets.dynamics.CoupledOscillators}</td><td>a chain of masses and springs</td>
 *     <td>normal modes</td></tr>
 * <tr><td>{@link dev.odeon.datasets.dynamics.WhiteDwarf}</td><td>Chandrasekhar's equation</td>
 *     <td>the Lane-Emden zero</td></tr>
 * <tr><td>{@link dev.odeon.datasets.dynamics.CubicSpiral}</td><td>y' = A y^3</td><td>an independent integrator</td></tr>
 * </table>
 *
 * <p>The integrator is Hipparchus' Dormand-Prince 8(5,3) at tolerances of 1e-12, on purpose not one of Odeon's own: data
 * and model then share no mistake. Neighbours: {@code pde} holds the trajectories and the simulators in space.
 */
@NullMarked
package dev.odeon.datasets.dynamics;

import org.jspecify.annotations.NullMarked;
