package dev.odeon.models.optimisers;

import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.graph.parameters.Parameters.Parameter;
import java.util.List;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat64;

/**
 * What an optimiser remembers from one step to the next, and under which names.
 *
 * @param optimiser its name, which stands in those of its slots
 * @param powers scalars in float64, of all parameters together
 * @param moments zeros at first, one of each for every parameter
 */
record Memory(String optimiser, List<Power> powers, List<String> moments) {

    /**
     * beta^t in step t, counted from one.
     *
     * @param name of the slot
     */
    record Power(String name, double beta) {}

    Memory {
        powers = List.copyOf(powers);
        moments = List.copyOf(moments);
    }

    /** That of Adam and its like: both moments, and the powers by which their bias is corrected. */
    static Memory ofMoments(String optimiser, double beta1, double beta2) {
        return new Memory(
                optimiser, List.of(new Power("power1", beta1), new Power("power2", beta2)), List.of("m", "v"));
    }

    /** Declares all slots. */
    void declare(Parameters parameters, Parameters slots) {
        for (Power power : powers) {
            slots.declare(of(power), TFloat64.class, Shape.scalar(), Initializer.constant(power.beta()));
        }
        for (Parameter parameter : parameters.all()) {
            for (String moment : moments) {
                slots.declare(of(parameter.name(), moment), parameter.type(), parameter.shape(), Initializer.zeros());
            }
        }
    }

    /** The name of a power's slot. */
    String of(Power power) {
        return prefix() + power.name();
    }

    /** The name of a moment's slot. */
    String of(String parameter, String moment) {
        return prefix() + parameter + "/" + moment;
    }

    private String prefix() {
        return "optimiser/" + optimiser + "/";
    }
}
