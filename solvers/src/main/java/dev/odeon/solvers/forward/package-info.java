/**
 * The forward loop: start with {@link dev.odeon.solvers.forward.ForwardLoop}.
 */
@NullMarked
package dev.odeon.solvers.forward;

import org.jspecify.annotations.NullMarked;
