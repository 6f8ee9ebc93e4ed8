/**
 * How a solve is differentiated: {@link dev.odeon.adjoint.Gradient} is the choice, with one record for each way.
 *
 * <p>Neighbours: {@code adjoint.checkpoints} and {@code adjoint.norms}, the choices that go with some of them; {@code
 * adjoint.differentiation}, what each way asks of a solve; below it {@code adjoint.backward}, which goes back over the steps,
 * {@code adjoint.backsolve}, which solves the adjoint equation instead, and {@code adjoint.step}, the adjoint of one step;
 * {@code solvers} below; {@code ode} above, the front door.
 */
@NullMarked
package dev.odeon.adjoint;

import org.jspecify.annotations.NullMarked;
