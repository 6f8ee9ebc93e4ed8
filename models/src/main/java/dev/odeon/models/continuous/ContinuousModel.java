package dev.odeon.models.continuous;

import dev.odeon.graph.Channels;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.solvers.VectorField;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A model whose depth is continuous: the field of its state, how features become a state, and how a state becomes features
 * again.
 *
 * <p>The state is one tensor with its channels on the last axis: vectors [batch, channels] or images [batch, height, width,
 * channels]. Solve it like any field: {@code OdeSolver.of(model.field(), method, steps).solve(tf, model.lift(tf, x, theta),
 * theta, saveAt)}, and read {@code model.project(tf, solution.last())}.
 *
 * @param <T> element type
 */
public interface ContinuousModel<T extends TFloating> {

    /** The field of the whole state; of a momentum method that of (h, m), joined on the last axis. */
    VectorField<T> field();

    /**
     * Adds the state at the start.
     *
     * @param features [batch, ..., c] with c at most {@link #channels}; they are the first channels of the state
     * @param theta parameters by name
     * @return [batch, ..., {@link #stateChannels}]
     * @throws IllegalArgumentException if the model has no place for that many features
     */
    Operand<T> lift(Ops tf, Operand<T> features, Values theta);

    /**
     * Adds h, the part of a state that is read: its first channels.
     *
     * @param state [..., {@link #stateChannels}], of one time or of many
     * @return [..., {@link #channels}]
     */
    default Operand<T> project(Ops tf, Operand<T> state) {
        return stateChannels() == channels() ? state : Channels.part(tf, state, 0, channels());
    }

    /** Channels of h. */
    int channels();

    /** Channels of the state. */
    int stateChannels();

    /**
     * Declares what the model has of its own, such as a damping and a trained start; the parameters of the network inside its
     * field are declared with that network.
     */
    void declare(Parameters parameters, Class<T> type);
}
