/**
 * The times of a solve: start with {@link dev.odeon.solvers.steps.SaveAt} and {@link dev.odeon.solvers.steps.FixedSteps}.
 */
@NullMarked
package dev.odeon.solvers.steps;

import org.jspecify.annotations.NullMarked;
