package dev.odeon.solvers.stepper;

import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * One evaluation of the problem's field in a step.
 *
 * @param time at which
 * @param state of which
 * @param rate that was found
 */
public record Evaluation<T extends TFloating>(Operand<T> time, Operand<T> state, Operand<T> rate) {}
