package dev.odeon.adjoint.backsolve;

import dev.odeon.adjoint.backward.StateComparison;
import dev.odeon.adjoint.norms.ErrorNorm;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.steps.StepControl;

/**
 * How the adjoint equation is solved.
 *
 * @param method of any family but the exponential
 * @param control whose steps the batch shares
 * @param norm of the errors that choose the steps
 * @param comparison of what the way back finds with what the solve passed
 */
public record BacksolveSettings(Method method, StepControl control, ErrorNorm norm, StateComparison comparison) {}
