package dev.odeon.models.recurrent;

import dev.odeon.graph.Channels;
import dev.odeon.graph.Values;
import dev.odeon.graph.layers.DenseLayer;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Affine maps of observation and state to some gates, as PyTorch lays them out: one kernel and one bias for each of the two.
 *
 * @param name prefix of {@code name/input} and {@code name/state}
 * @param count how many gates
 */
record Gates(String name, int inputs, int units, int count) {

    Gates {
        if (inputs < 1 || units < 1) {
            throw new IllegalArgumentException("The cell '" + name + "' has " + inputs + " inputs and " + units
                    + " units: give at least one of each");
        }
    }

    <T extends TFloating> void declare(Parameters parameters, Class<T> type) {
        Initializer uniform = Initializer.uniform(1 / Math.sqrt(units));
        DenseLayer.declare(parameters, name + "/input", type, inputs, count * units, uniform, uniform);
        DenseLayer.declare(parameters, name + "/state", type, units, count * units, uniform, uniform);
    }

    <T extends TFloating> Operand<T> ofInput(Ops tf, Operand<T> observation, Values parameters) {
        return new DenseLayer(name + "/input").apply(tf, observation, parameters);
    }

    <T extends TFloating> Operand<T> ofState(Ops tf, Operand<T> state, Values parameters) {
        return new DenseLayer(name + "/state").apply(tf, state, parameters);
    }

    /** The gates one by one: [batch, units] each. */
    <T extends TFloating> List<Operand<T>> split(Ops tf, Operand<T> all) {
        List<Operand<T>> gates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            gates.add(Channels.part(tf, all, i * units, units));
        }
        return gates;
    }
}
