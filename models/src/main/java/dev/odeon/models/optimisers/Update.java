package dev.odeon.models.optimisers;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.graph.parameters.Parameters.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * One update of all parameters while it is being added to the graph.
 *
 * <p>Scalars are computed in float64, as PyTorch does, and rounded to the parameter's type at the kernel.
 */
final class Update {

    /** What an optimiser does to one parameter. */
    interface Rule {
        Op update(Target<?> target);
    }

    private record Power(Parameter variable, Operand<TFloat64> current, double beta) {}

    private final Ops tf;
    private final String prefix;
    private final Parameters slots;
    private final Operand<TFloat64> rate;
    private final List<Power> powers = new ArrayList<>();

    /** @param optimiser its name, which stands in those of its slots */
    Update(Ops tf, String optimiser, Parameters slots, Operand<? extends TFloating> rate) {
        this.tf = tf;
        this.prefix = "optimiser/" + optimiser + "/";
        this.slots = slots;
        this.rate = tf.dtypes.cast(rate, TFloat64.class);
    }

    Operand<TFloat64> rate() {
        return rate;
    }

    /** 1 - beta^t in step t, counted from one. */
    Operand<TFloat64> correction(String name, double beta) {
        Parameter variable = slots.declare(prefix + name, TFloat64.class, Shape.scalar(), Initializer.constant(beta));
        Operand<TFloat64> current = tf.readVariableOp(variable.handle(), TFloat64.class);
        powers.add(new Power(variable, current, beta));
        return tf.math.sub(tf.constant(1.0), current);
    }

    /**
     * What Adam's kernel is told.
     *
     * @param rate times the corrections of both moments' bias
     * @param epsilon as it is added to the uncorrected root
     */
    record Moments(double beta1, double beta2, Operand<TFloat64> rate, Operand<TFloat64> epsilon) {}

    /** Those that correct both moments for their bias. */
    Moments moments(double beta1, double beta2, double epsilon) {
        Operand<TFloat64> root = tf.math.sqrt(correction("power2", beta2));
        Operand<TFloat64> first = correction("power1", beta1);
        return new Moments(
                beta1, beta2, tf.math.mul(rate, tf.math.div(root, first)), tf.math.mul(root, tf.constant(epsilon)));
    }

    /** Adds the update of every parameter by a rule, then the step of the powers. */
    Op all(Parameters parameters, Values gradients, Rule rule) {
        // Every gradient is complete, and every power read, before the first variable changes.
        List<Op> ready = new ArrayList<>(gradients.operands());
        powers.forEach(power -> ready.add(power.current()));
        Ops after = tf.withControlDependencies(ready);
        List<Op> updates = new ArrayList<>();
        for (Parameter parameter : parameters.all()) {
            updates.add(rule.update(target(after, parameter, parameter.type(), gradients)));
        }
        Ops last = tf.withControlDependencies(updates);
        List<Op> done = new ArrayList<>(updates);
        for (Power power : powers) {
            done.add(last.assignVariableOp(
                    power.variable().handle(), tf.math.mul(power.current(), tf.constant(power.beta()))));
        }
        return tf.withControlDependencies(done).noOp();
    }

    private <T extends TFloating> Target<T> target(Ops after, Parameter parameter, Class<T> type, Values gradients) {
        return new Target<>(after, prefix, slots, parameter, type, gradients.get(parameter.name(), type));
    }

    /**
     * One parameter and its gradient.
     *
     * @param tf with the control dependencies the update must keep
     * @param prefix of the slots' names
     */
    record Target<T extends TFloating>(
            Ops tf, String prefix, Parameters slots, Parameter parameter, Class<T> type, Operand<T> gradient) {

        /** The same with the gradient of half the squared norm, times {@code decay}, added. */
        Target<T> penalised(double decay) {
            if (decay == 0) {
                return this;
            }
            Operand<T> value = tf.readVariableOp(parameter.handle(), type);
            Operand<T> penalty = tf.math.mul(value, Floats.scalar(tf, type, decay));
            return new Target<>(tf, prefix, slots, parameter, type, tf.math.add(gradient, penalty));
        }

        /** The same after the parameter has shrunk by a factor. */
        Target<T> shrunk(Operand<TFloat64> factor) {
            Operand<T> value = tf.readVariableOp(parameter.handle(), type);
            Op shrink = tf.assignVariableOp(parameter.handle(), tf.math.mul(value, tf.dtypes.cast(factor, type)));
            return new Target<>(tf.withControlDependencies(List.of(shrink)), prefix, slots, parameter, type, gradient);
        }

        /** p -= rate m / (sqrt(v) + epsilon). */
        Op adam(Moments moments) {
            Operand<T> zero = constant(0);
            return tf.train.resourceApplyAdam(
                    parameter.handle(),
                    slot("m"),
                    slot("v"),
                    zero,
                    zero,
                    tf.dtypes.cast(moments.rate(), type),
                    constant(moments.beta1()),
                    constant(moments.beta2()),
                    tf.dtypes.cast(moments.epsilon(), type),
                    gradient);
        }

        /** p -= rate m / (u + epsilon), without any correction of its own. */
        Op adaMax(double beta1, double beta2, Operand<TFloat64> rate, double epsilon) {
            return tf.train.resourceApplyAdaMax(
                    parameter.handle(),
                    slot("m"),
                    slot("u"),
                    constant(0),
                    tf.dtypes.cast(rate, type),
                    constant(beta1),
                    constant(beta2),
                    constant(epsilon),
                    gradient);
        }

        private Operand<T> constant(double value) {
            return Floats.scalar(tf, type, value);
        }

        private Operand<?> slot(String name) {
            return slots.declare(prefix + parameter.name() + "/" + name, type, parameter.shape(), Initializer.zeros())
                    .handle();
        }
    }
}
