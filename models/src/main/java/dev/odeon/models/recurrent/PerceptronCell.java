package dev.odeon.models.recurrent;

import dev.odeon.graph.Channels;
import dev.odeon.graph.Values;
import dev.odeon.graph.layers.Activation;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.graph.parameters.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A perceptron of state and observation joined, that of the thesis's Walker2D: s+ = p(s, x), or s+ = s + p(s, x).
 *
 * <p>Source: Xia's thesis, 3.5.3.3; that momentum models add and the others replace is found in the authors' code
 * (hedixia/HeavyBallNODE, walker2d).
 *
 * @param name prefix of the layers
 * @param hidden widths of the hidden layers
 * @param result what becomes of the perceptron's output
 */
public record PerceptronCell(
        String name, int inputs, int units, List<Integer> hidden, Activation activation, Result result)
        implements RecurrentCell {

    /** What becomes of the output. */
    public enum Result {
        /** It is the new state. */
        REPLACES,
        /** It is added to the state. */
        ADDED
    }

    public PerceptronCell {
        hidden = List.copyOf(hidden);
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(result, "result");
        new Gates(name, inputs, units, 1);
    }

    @Override
    public <T extends TFloating> void declare(Parameters parameters, Class<T> type) {
        perceptron().declare(parameters, type, new Mlp.FanInUniform());
    }

    @Override
    public <T extends TFloating> Updated<T> update(
            Ops tf, Operand<T> observation, Operand<T> state, Values memory, Values parameters) {
        Operand<T> joined = Channels.joined(tf, List.of(state, observation));
        Operand<T> output = perceptron().apply(tf, joined, parameters);
        return Updated.of(result == Result.ADDED ? tf.math.add(state, output) : output);
    }

    private Mlp perceptron() {
        List<Integer> widths = new ArrayList<>();
        widths.add(units + inputs);
        widths.addAll(hidden);
        widths.add(units);
        return Mlp.named(name, widths, activation);
    }
}
