/**
 * Which errors choose the steps of a way back: {@link dev.odeon.adjoint.norms.ErrorNorm}.
 *
 * <p>Neighbours: {@code adjoint} offers the choice to users, {@code adjoint.backsolve} follows it.
 */
@NullMarked
package dev.odeon.adjoint.norms;

import org.jspecify.annotations.NullMarked;
