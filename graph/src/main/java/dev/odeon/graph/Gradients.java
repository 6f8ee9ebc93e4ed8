package dev.odeon.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Reverse-mode derivatives by TensorFlow's own rules, and by ours where it has none or a node carries one.
 *
 * <p>Whoever asks for an operation that nobody can differentiate is told so in one line, an {@link IllegalArgumentException}.
 */
public final class Gradients {

    private static final String NONE_DEFINED = "No gradient defined for op: ";

    static {
        SecondDerivatives.register();
        MatrixGradients.register();
        SparseGradients.register();
        TransformGradients.register();
        IndexGradients.register();
        ConvolutionGradients.register();
        ElementwiseGradients.register();
        CustomGradients.listenToKeyed();
    }

    private Gradients() {}

    /**
     * The gradient of a scalar loss with respect to named tensors.
     *
     * @param loss scalar
     * @param targets floating-point tensors of the same graph
     * @return gradients under the names of the targets, each with its target's shape
     * @throws IllegalArgumentException if the loss does not depend on one of the targets
     */
    public static Values of(Ops tf, Operand<? extends TFloating> loss, Values targets) {
        List<@Nullable Operand<?>> gradients = add(tf, "gradients", List.of(loss), targets.operands(), List.of());
        Values named = Values.empty();
        int i = 0;
        for (String name : targets.names()) {
            Operand<?> gradient = gradients.get(i++);
            if (gradient == null) {
                throw new IllegalArgumentException("The loss does not depend on '" + name
                        + "': leave it out of the targets, or use it in the model");
            }
            named = named.with(name, gradient);
        }
        return named;
    }

    /**
     * The vector-Jacobian products of one evaluation: for each target {@code x} the gradient of the inner product of
     * {@code output} and {@code weights}.
     *
     * @param output any shape
     * @param weights the same shape as the output
     * @param targets floating-point tensors the output may depend on
     * @return in the order of the targets; null where the output does not depend on one
     */
    public static List<@Nullable Operand<?>> vectorJacobian(
            Ops tf, Operand<?> output, Operand<?> weights, List<? extends Operand<?>> targets) {
        return add(tf, "vjp", List.of(output), targets, List.of(weights));
    }

    /**
     * The same of several outputs, whose products are added up.
     *
     * @param outputs each the result of an operation of its own, none a target
     * @param weights one for each output, of its shape
     */
    public static List<@Nullable Operand<?>> vectorJacobian(
            Ops tf,
            List<? extends Operand<?>> outputs,
            List<? extends Operand<?>> weights,
            List<? extends Operand<?>> targets) {
        return add(tf, "vjp", outputs, targets, weights);
    }

    private static List<@Nullable Operand<?>> add(
            Ops tf,
            String prefix,
            List<? extends Operand<?>> outputs,
            List<? extends Operand<?>> targets,
            List<? extends Operand<?>> weights) {
        Set<Output<?>> reached = reachedFrom(outputs, targets);
        // TensorFlow refuses targets that cannot be reached, so only the others are asked for.
        List<Operand<?>> asked = new ArrayList<>();
        for (Operand<?> target : targets) {
            if (reached.contains(target.asOutput())) {
                asked.add(target);
            }
        }
        Iterator<Output<?>> gradients = asked.isEmpty()
                ? Collections.emptyIterator()
                : added(
                        tf,
                        tf.scope().makeUnique(prefix),
                        array(outputs),
                        array(asked),
                        weights.isEmpty() ? null : array(weights));
        List<@Nullable Operand<?>> result = new ArrayList<>(targets.size());
        for (Operand<?> target : targets) {
            Output<?> gradient = reached.contains(target.asOutput()) ? gradients.next() : null;
            result.add(gradient == null || gradient.index() < 0 ? null : gradient);
        }
        return result;
    }

    private static Iterator<Output<?>> added(
            Ops tf, String name, Output<?>[] outputs, Output<?>[] targets, Output<?> @Nullable [] weights) {
        try {
            return List.of(GraphFunction.graphOf(tf).addGradients(name, outputs, targets, weights))
                    .iterator();
        } catch (TensorFlowException e) {
            String message = String.valueOf(e.getMessage());
            if (!message.startsWith(NONE_DEFINED)) {
                throw e;
            }
            String type = message.substring(NONE_DEFINED.length()).split("\\.", 2)[0];
            throw new IllegalArgumentException(
                    "The operation " + type + " has no gradient: cut it off with tf.stopGradient, write the"
                            + " function with other operations, or give it a gradient with CustomGradients.register",
                    e);
        }
    }

    /** The targets that some path of operations leads to, walking backwards and never beyond a target. */
    private static Set<Output<?>> reachedFrom(List<? extends Operand<?>> outputs, List<? extends Operand<?>> targets) {
        Set<Output<?>> wanted = new HashSet<>();
        targets.forEach(target -> wanted.add(target.asOutput()));
        Set<Output<?>> seen = new HashSet<>();
        Set<GraphOperation> compiled = new HashSet<>();
        Deque<Output<?>> open = new ArrayDeque<>();
        outputs.forEach(output -> open.add(output.asOutput()));
        while (!open.isEmpty()) {
            Output<?> next = open.pop();
            if (!seen.add(next) || wanted.contains(next)) {
                continue;
            }
            GraphOperation operation = (GraphOperation) next.op();
            if (!operation.type().equals("StopGradient")) {
                operation.inputs().forEach(input -> open.add(input.asOutput()));
            }
            if (GraphFunction.compiled(operation)) {
                compiled.add(operation);
            }
        }
        seen.retainAll(wanted);
        for (GraphOperation call : compiled) {
            if (!reachedFrom(call.inputs(), targets).isEmpty()) {
                throw new IllegalArgumentException(
                        "The gradient of " + call.name() + " is taken outside the function that"
                                + " XLA compiles, where it does not pass loops: take it inside, in the body of Compilation.run");
            }
        }
        return seen;
    }

    private static Output<?>[] array(List<? extends Operand<?>> operands) {
        return operands.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
    }
}
