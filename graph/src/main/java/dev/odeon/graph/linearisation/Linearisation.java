package dev.odeon.graph.linearisation;

import dev.odeon.graph.Gradients;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;

/**
 * A function whose vector-Jacobian product is taken elsewhere than its evaluation: what of an evaluation must be recorded, and
 * the product from what was recorded.
 *
 * <p>The function is evaluated and differentiated once in a graph of its own, which is closed afterwards; the product is a
 * copy of the nodes that TensorFlow added there. It therefore gives the numbers of {@link Gradients#vectorJacobian} and
 * evaluates nothing again. Derivatives that call functions, as those of loops do, and tensors of unknown shape are refused.
 * Holds names and plain values, no tensors; any graph may use it.
 */
public final class Linearisation {

    /** The function. */
    @FunctionalInterface
    public interface Function {
        /** Adds one evaluation: the same operations each time. */
        Operand<?> evaluate(Ops tf, Values inputs);
    }

    private final Scratch scratch;
    private final List<TensorSpec> inputs;
    private final List<TensorName> inputNames;
    private final TensorName end;
    private final TensorName weight;
    private final Cut cut;
    private final List<TensorSpec> recorded;
    private final List<@Nullable TensorName> gradients;

    private Linearisation(
            Scratch scratch,
            List<TensorSpec> inputs,
            List<TensorName> inputNames,
            TensorName end,
            TensorName weight,
            Cut cut,
            List<TensorSpec> recorded,
            List<@Nullable TensorName> gradients) {
        this.scratch = scratch;
        this.inputs = inputs;
        this.inputNames = inputNames;
        this.end = end;
        this.weight = weight;
        this.cut = cut;
        this.recorded = recorded;
        this.gradients = gradients;
    }

    /**
     * Cuts a function.
     *
     * @param inputs of the function
     * @param varying names of the inputs that differ from evaluation to evaluation; what depends on the others alone is
     *     computed again by the product
     * @param targets names of the inputs with respect to which the product is taken, in its order
     * @throws UncutException if that cannot be, with the reason
     */
    public static Linearisation of(
            List<TensorSpec> inputs, Set<String> varying, List<String> targets, Function function) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            List<Operand<?>> placeholders = new ArrayList<>();
            List<TensorName> names = new ArrayList<>();
            Set<TensorName> ofVarying = new HashSet<>();
            for (TensorSpec spec : inputs) {
                Operand<?> placeholder = tf.placeholder(spec.type(), Placeholder.shape(spec.shape()));
                placeholders.add(placeholder);
                names.add(TensorName.of(placeholder.asOutput()));
                if (varying.contains(spec.name())) {
                    ofVarying.add(TensorName.of(placeholder.asOutput()));
                }
            }
            Values bound = Values.bind(inputs, placeholders);
            Output<?> output = function.evaluate(tf, bound).asOutput();
            Set<String> evaluation = Scratch.names(graph);
            Output<?> weight = tf.placeholder(output.type(), Placeholder.shape(output.shape()))
                    .asOutput();
            List<@Nullable TensorName> gradients = new ArrayList<>();
            for (Operand<?> gradient : Gradients.vectorJacobian(
                    tf, output, weight, targets.stream().map(bound::get).toList())) {
                gradients.add(gradient == null ? null : TensorName.of(gradient.asOutput()));
            }
            Scratch scratch = new Scratch(graph);
            TensorName ofWeight = TensorName.of(weight);
            Set<TensorName> given = new HashSet<>(names);
            given.add(ofWeight);
            Cut cut = Cut.of(scratch, evaluation, given, ofVarying, present(gradients));
            return new Linearisation(
                    scratch,
                    List.copyOf(inputs),
                    names,
                    TensorName.of(output),
                    ofWeight,
                    cut,
                    specs(graph, scratch, cut.recorded()),
                    gradients);
        }
    }

    private static List<TensorName> present(List<@Nullable TensorName> names) {
        List<TensorName> present = new ArrayList<>();
        for (TensorName name : names) {
            if (name != null) {
                present.add(name);
            }
        }
        return present;
    }

    private static List<TensorSpec> specs(Graph graph, Scratch scratch, List<TensorName> recorded) {
        List<TensorSpec> specs = new ArrayList<>();
        for (TensorName name : recorded) {
            if (!scratch.knowsShape(name)) {
                throw new UncutException(
                        "the result of its " + scratch.node(name.node()).getOp() + " has the shape "
                                + scratch.shape(name) + ", which must be known");
            }
            Output<?> tensor = graph.operationOrThrow(name.node()).output(name.index());
            specs.add(new TensorSpec(Integer.toString(specs.size()), tensor.type(), tensor.shape(), false));
        }
        return List.copyOf(specs);
    }

    /** What must be recorded of an evaluation, under names of no meaning. */
    public List<TensorSpec> recorded() {
        return recorded;
    }

    /** Whether the product reads an input of the function. */
    public boolean reads(String input) {
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).name().equals(input)) {
                return cut.read().contains(inputNames.get(i));
            }
        }
        return false;
    }

    /**
     * What must be recorded of an evaluation in any graph.
     *
     * @param arguments of the evaluation, under the names of the inputs
     * @param result of the evaluation
     * @throws UncutException if the function added other operations there
     */
    public Values recorded(Values arguments, Operand<?> result) {
        return Values.bind(recorded, Counterparts.of(scratch, end, result, given(arguments), cut.recorded()));
    }

    /**
     * Adds the vector-Jacobian product.
     *
     * @param arguments of the evaluation, under the names of the inputs; those that are not {@link #reads read} may be missing
     * @param recorded of the evaluation
     * @param weights of the shape of the function's result
     * @return in the order of the targets; null where the function does not depend on one
     */
    public List<@Nullable Operand<?>> product(Ops tf, Values arguments, Values recorded, Operand<?> weights) {
        Map<TensorName, Operand<?>> given = given(arguments);
        given.put(weight, weights);
        int k = 0;
        for (TensorSpec spec : this.recorded) {
            given.put(cut.recorded().get(k++), recorded.get(spec.name()));
        }
        NodeCopies copies = new NodeCopies(tf, scratch, cut.nodes(), given);
        List<@Nullable Operand<?>> found = new ArrayList<>();
        for (TensorName gradient : gradients) {
            found.add(gradient == null ? null : copies.tensor(gradient));
        }
        return found;
    }

    private Map<TensorName, Operand<?>> given(Values arguments) {
        Map<TensorName, Operand<?>> given = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            String name = inputs.get(i).name();
            if (arguments.contains(name)) {
                given.put(inputNames.get(i), arguments.get(name));
            }
        }
        return given;
    }
}
