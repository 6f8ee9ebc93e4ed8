package dev.odeon.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StatelessWhile;
import org.tensorflow.types.TBool;

/**
 * A loop in the graph with named carried values and named loop invariants: one {@code StatelessWhile}.
 *
 * <p>Carried values keep their name, type and shape from one round to the next. Invariants are read by every round and
 * never change. The loop is defined once and can be run later, by name, also from inside a gradient callback.
 */
public final class WhileLoop {

    /** Whether another round follows. */
    @FunctionalInterface
    public interface Condition {
        /** Adds the operations of the test. */
        Operand<TBool> test(Ops tf, Values carried, Values invariants);
    }

    /** One round of a loop. */
    @FunctionalInterface
    public interface Body {
        /**
         * Adds the operations of one round.
         *
         * @return the carried values of the next round, under the same names
         */
        Values apply(Ops tf, Values carried, Values invariants);
    }

    /**
     * A loop in place.
     *
     * @param values the carried values after the last round
     * @param operation the node of the loop
     */
    public record Run(Values values, GraphOperation operation) {}

    /**
     * How many rounds the executor may have under way at once. Each holds its temporaries: with TensorFlow's ten a loop takes
     * four times the memory, and not less time.
     */
    private static final long PARALLEL_ROUNDS = 2;

    private final String name;
    private final List<TensorSpec> carried;
    private final List<TensorSpec> invariants;
    private final GraphFunction condition;
    private final GraphFunction body;

    private WhileLoop(
            String name,
            List<TensorSpec> carried,
            List<TensorSpec> invariants,
            GraphFunction condition,
            GraphFunction body) {
        this.name = name;
        this.carried = carried;
        this.invariants = invariants;
        this.condition = condition;
        this.body = body;
    }

    /**
     * Defines a loop in the graph of {@code tf}: its body first, so that the condition may depend on what that turned out to be.
     *
     * @throws IllegalArgumentException if a round returns other names or types than it was given
     */
    public static WhileLoop define(
            Ops tf,
            String name,
            List<TensorSpec> carried,
            List<TensorSpec> invariants,
            Condition condition,
            Body body) {
        List<TensorSpec> all = new ArrayList<>(carried);
        all.addAll(invariants);
        GraphFunction bodyFunction = GraphFunction.define(tf, name + "_body", all, (inner, values) -> {
            Split split = Split.of(values, carried, invariants);
            Values next = body.apply(inner, split.carried(), split.invariants());
            return ordered(name, carried, next).and(split.invariants());
        });
        GraphFunction conditionFunction = GraphFunction.define(tf, name + "_condition", all, (inner, values) -> {
            Split split = Split.of(values, carried, invariants);
            return Values.of("continue", condition.test(inner, split.carried(), split.invariants()));
        });
        return new WhileLoop(name, List.copyOf(carried), List.copyOf(invariants), conditionFunction, bodyFunction);
    }

    /** Runs the loop from initial values. */
    public Run run(Ops tf, Values initial, Values invariantValues) {
        return run(tf, initial, invariantValues, "");
    }

    /**
     * Runs the loop and marks its node with the key of a gradient from {@link CustomGradients}.
     *
     * @param gradientKey from {@link CustomGradients#define}, or empty for none
     */
    public Run run(Ops tf, Values initial, Values invariantValues, String gradientKey) {
        List<Operand<?>> inputs = new ArrayList<>();
        carried.forEach(spec -> inputs.add(initial.get(spec.name())));
        invariants.forEach(spec -> inputs.add(invariantValues.get(spec.name())));
        OperationBuilder builder = GraphFunction.builder(tf, StatelessWhile.OP_NAME, name, inputs)
                .setAttr("T", GraphFunction.dataTypes(inputs))
                .setAttr("cond", condition.reference())
                .setAttr("body", body.reference())
                .setAttr("parallel_iterations", PARALLEL_ROUNDS);
        if (Compilation.current() == Compilation.EXECUTOR) {
            // Lowered to Switch and Merge the body is optimised like any other graph; XLA needs it whole.
            builder.setAttr("_lower_using_switch_merge", true);
        }
        if (!gradientKey.isEmpty()) {
            builder.setAttr(CustomGradients.KEY_ATTRIBUTE, gradientKey);
        }
        GraphOperation operation = (GraphOperation) builder.build();
        List<Operand<?>> outputs = GraphFunction.outputsOf(operation);
        return new Run(Values.bind(carried, outputs.subList(0, carried.size())), operation);
    }

    /** Whether a value of this name is carried. */
    public boolean carries(String name) {
        return carried.stream().anyMatch(spec -> spec.name().equals(name));
    }

    /** The position of a carried value among the inputs and outputs of the loop's node. */
    public int indexOf(String carriedName) {
        for (int i = 0; i < carried.size(); i++) {
            if (carried.get(i).name().equals(carriedName)) {
                return i;
            }
        }
        throw new IllegalArgumentException("The loop '" + name + "' does not carry '" + carriedName + "'");
    }

    /** What an existing node of this loop received as invariants, by name. */
    public Values invariantsOf(GraphOperation operation) {
        List<Operand<?>> inputs = new ArrayList<>();
        for (int i = 0; i < invariants.size(); i++) {
            inputs.add(operation.input(carried.size() + i));
        }
        return Values.bind(invariants, inputs);
    }

    /** What an existing node of this loop started from, by name. */
    public Values initialOf(GraphOperation operation) {
        List<Operand<?>> inputs = new ArrayList<>();
        for (int i = 0; i < carried.size(); i++) {
            inputs.add(operation.input(i));
        }
        return Values.bind(carried, inputs);
    }

    /** What an existing node of this loop carried out, by name. */
    public Values resultsOf(GraphOperation operation) {
        List<Operand<?>> outputs = new ArrayList<>();
        for (int i = 0; i < carried.size(); i++) {
            Output<?> output = operation.output(i);
            outputs.add(output);
        }
        return Values.bind(carried, outputs);
    }

    private record Split(Values carried, Values invariants) {
        static Split of(Values values, List<TensorSpec> carried, List<TensorSpec> invariants) {
            List<Operand<?>> operands = values.operands();
            return new Split(
                    Values.bind(carried, operands.subList(0, carried.size())),
                    Values.bind(invariants, operands.subList(carried.size(), operands.size())));
        }
    }

    private static Values ordered(String name, List<TensorSpec> carried, Values next) {
        if (next.size() != carried.size()) {
            throw new IllegalArgumentException("The body of the loop '" + name + "' returned " + next.names()
                    + ", but it carries "
                    + carried.stream().map(TensorSpec::name).toList()
                    + ": return every carried value");
        }
        List<Operand<?>> operands = new ArrayList<>();
        for (TensorSpec spec : carried) {
            operands.add(next.get(spec.name(), spec.type()));
        }
        return Values.bind(carried, operands);
    }
}
