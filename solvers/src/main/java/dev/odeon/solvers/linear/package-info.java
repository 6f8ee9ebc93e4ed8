/**
 * Linear operators J and their factors: start with {@link dev.odeon.solvers.linear.LinearOperator}.
 */
@NullMarked
package dev.odeon.solvers.linear;

import org.jspecify.annotations.NullMarked;
