package dev.odeon.models.optimisers;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.models.optimisers.Memory.Power;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * An update of tensors that a loop carries, by the formulas of TensorFlow's kernels: some ten operations for each parameter,
 * which XLA makes one of.
 */
final class TensorUpdate extends Update {

    private final Memory memory;
    private final Values slots;
    private Values next = Values.empty();

    private TensorUpdate(Ops tf, Memory memory, Values slots, Operand<? extends TFloating> rate) {
        super(tf, rate);
        this.memory = memory;
        this.slots = slots;
    }

    /** Adds the update of every parameter by a rule and the step of the powers: the new parameters and slots. */
    static Values add(
            Ops tf,
            Memory memory,
            Values parameters,
            Values slots,
            Values gradients,
            Operand<? extends TFloating> rate,
            Rule rule) {
        TensorUpdate update = new TensorUpdate(tf, memory, slots, rate);
        Each each = rule.of(update);
        for (String name : parameters.names()) {
            each.update(update.target(name, parameters.floating(name), gradients));
        }
        for (Power power : memory.powers()) {
            Operand<TFloat64> following = tf.math.mul(update.current(power), tf.constant(power.beta()));
            update.next = update.next.with(memory.of(power), following);
        }
        return update.next;
    }

    private <T extends TFloating> Target target(String name, Operand<T> value, Values gradients) {
        return new Carried<>(this, name, value, gradients.get(name, value.type()));
    }

    @Override
    Operand<TFloat64> current(Power power) {
        return slots.get(memory.of(power), TFloat64.class);
    }

    private void put(String name, Operand<?> value) {
        next = next.with(name, value);
    }

    /** A parameter that is carried. */
    private record Carried<T extends TFloating>(TensorUpdate update, String name, Operand<T> value, Operand<T> gradient)
            implements Target {

        @Override
        public Target penalised(double decay) {
            if (decay == 0) {
                return this;
            }
            Ops tf = update.tf();
            return new Carried<>(update, name, value, tf.math.add(gradient, tf.math.mul(value, constant(decay))));
        }

        @Override
        public Target shrunk(Operand<TFloat64> factor) {
            return new Carried<>(update, name, update.tf().math.mul(value, rounded(factor)), gradient);
        }

        @Override
        public void adam(Moments moments) {
            Ops tf = update.tf();
            Operand<T> mean = towards("m", gradient, moments.beta1());
            Operand<T> square = towards("v", tf.math.square(gradient), moments.beta2());
            Operand<T> root = tf.math.add(tf.math.sqrt(square), rounded(moments.epsilon()));
            step(rounded(moments.rate()), mean, root);
        }

        @Override
        public void adaMax(double beta1, double beta2, Operand<TFloat64> rate, double epsilon) {
            Ops tf = update.tf();
            Operand<T> mean = towards("m", gradient, beta1);
            Operand<T> past = tf.math.mul(moment("u"), constant(beta2));
            Operand<T> largest = tf.math.maximum(past, tf.math.abs(gradient));
            put("u", largest);
            step(rounded(rate), mean, tf.math.add(largest, constant(epsilon)));
        }

        /** The moment moved towards a tensor by 1 - beta of the way. */
        private Operand<T> towards(String moment, Operand<T> other, double beta) {
            Ops tf = update.tf();
            Operand<T> past = moment(moment);
            Operand<T> moved =
                    tf.math.add(past, tf.math.mul(tf.math.sub(other, past), Floats.scalar(tf, value.type(), 1 - beta)));
            put(moment, moved);
            return moved;
        }

        private void step(Operand<T> rate, Operand<T> mean, Operand<T> divisor) {
            Ops tf = update.tf();
            update.put(name, tf.math.sub(value, tf.math.div(tf.math.mul(mean, rate), divisor)));
        }

        private Operand<T> moment(String moment) {
            return update.slots.get(update.memory.of(name, moment), value.type());
        }

        private void put(String moment, Operand<T> moved) {
            update.put(update.memory.of(name, moment), moved);
        }

        private Operand<T> constant(double number) {
            return Floats.scalar(update.tf(), value.type(), number);
        }

        private Operand<T> rounded(Operand<TFloat64> scalar) {
            return update.tf().dtypes.cast(scalar, value.type());
        }
    }
}
