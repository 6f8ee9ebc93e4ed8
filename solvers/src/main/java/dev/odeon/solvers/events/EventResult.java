package dev.odeon.solvers.events;

import org.tensorflow.Operand;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * Where the solve of each sample met its {@link StopEvent}; to fetch.
 *
 * @param happened whether it did: [batch]
 * @param times of the events, NaN for samples without one: [batch]
 * @param states at the events, or at the end of the solve for samples without one: [batch, ...]
 */
public record EventResult<T extends TFloating>(Operand<TBool> happened, Operand<T> times, Operand<T> states) {}
