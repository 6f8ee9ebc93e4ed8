package dev.odeon.adjoint.backsolve;

import dev.odeon.graph.Gradients;
import dev.odeon.graph.Values;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.forward.LoopNames;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.linear.LinearOperator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The rates of a packed state: u' = f, a' = -f_u^T a, g' = -f_theta^T a.
 *
 * <p>One evaluation of f and one vector-Jacobian product of it. Its time counts from the origin of an interval.
 *
 * @param rates f, or the part of it that a method treats alike
 * @param linear whose product is left to the method, but not the gradient with respect to its data; null if there is none
 * @param kind which of the intervals' lengths this is for
 */
record AugmentedField<T extends TFloating>(
        Packing packing, Rates<T> rates, @Nullable LinearOperator<T> linear, int kind) implements VectorField<T> {

    /** The name of the time at which the interval begins, among the parameters. */
    static final String ORIGIN = "origin";

    /** The right-hand side that is augmented. */
    @FunctionalInterface
    interface Rates<T extends TFloating> {
        /** Adds an evaluation, with the parameters of the field and the data of its operator. */
        Operand<T> of(Ops tf, Operand<T> t, Operand<T> u, Values theta, Values linearData);
    }

    /** The parameters of the field and the data of its operator, among the invariants of a forward loop. */
    static Values parameters(Values invariants) {
        return Prepared.theta(invariants)
                .prefixed(LoopNames.THETA)
                .and(Prepared.linearData(invariants).prefixed(LoopNames.LINEAR));
    }

    @Override
    public Operand<T> evaluate(Ops tf, Operand<T> t, Operand<T> x, Values values) {
        Class<T> type = x.type();
        Packing.Parts<T> parts = packing.parts(tf, x);
        Values own = values;
        // Nodes of this evaluation's own: what u was computed from depends on the parameters as well.
        for (String name : values.differentiable().names()) {
            own = own.with(name, tf.identity(values.get(name, type)));
        }
        Values targets = own.differentiable();
        List<Operand<?>> asked = new ArrayList<>();
        asked.add(parts.u());
        asked.addAll(targets.operands());
        Values data = Prepared.linearData(own);
        Operand<T> time = tf.math.add(values.get(ORIGIN, type), t);
        Operand<T> rate = rates.of(tf, time, parts.u(), Prepared.theta(own), data);
        Operand<T> weights = tf.math.neg(parts.a());
        List<@Nullable Operand<?>> found = Gradients.vectorJacobian(tf, rate, weights, asked);
        Values ofLinear = linear == null || data.differentiable().isEmpty()
                ? Values.empty()
                : linear.gradient(tf, data, parts.u(), weights).prefixed(LoopNames.LINEAR);
        List<Operand<T>> gradients = new ArrayList<>();
        int k = 1;
        for (String name : targets.names()) {
            Operand<?> gradient = ofLinear.contains(name) ? ofLinear.get(name) : found.get(k);
            gradients.add(orZero(tf, gradient, targets.get(name, type)));
            k++;
        }
        return marked(tf, packing.packed(tf, rate, orZero(tf, found.get(0), parts.u()), gradients));
    }

    /**
     * The same tensor from a node whose name tells the kind.
     *
     * <p>TensorFlow takes two functions for one if they differ in the shapes of their inputs only, as loops of different
     * numbers of steps do; its optimiser then refuses the shapes of the other.
     */
    private Operand<T> marked(Ops tf, Operand<T> rates) {
        return tf.withName(tf.scope().makeUnique("rates" + kind)).identity(rates);
    }

    @SuppressWarnings("unchecked") // a gradient has the type of its target
    static <T extends TFloating> Operand<T> orZero(Ops tf, @Nullable Operand<?> gradient, Operand<T> target) {
        return gradient == null ? tf.zerosLike(target) : (Operand<T>) gradient;
    }
}
