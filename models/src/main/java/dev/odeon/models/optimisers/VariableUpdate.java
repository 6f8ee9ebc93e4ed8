package dev.odeon.models.optimisers;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.graph.parameters.Parameters.Parameter;
import dev.odeon.models.optimisers.Memory.Power;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/** An update of variables, by TensorFlow's kernels: one operation for each parameter. */
final class VariableUpdate extends Update {

    private final Memory memory;
    private final Map<String, Operand<? extends TType>> handles = new HashMap<>();
    private final Map<Power, Operand<TFloat64>> read = new LinkedHashMap<>();

    private VariableUpdate(Ops tf, Memory memory, Parameters slots, Operand<? extends TFloating> rate) {
        super(tf, rate);
        this.memory = memory;
        slots.all().forEach(slot -> handles.put(slot.name(), slot.handle()));
    }

    /** Adds the update of every parameter by a rule, then the step of the powers. */
    static Op add(
            Ops tf,
            Memory memory,
            Parameters parameters,
            Parameters slots,
            Values gradients,
            Operand<? extends TFloating> rate,
            Rule rule) {
        memory.declare(parameters, slots);
        return new VariableUpdate(tf, memory, slots, rate).all(parameters, gradients, rule);
    }

    private Op all(Parameters parameters, Values gradients, Rule rule) {
        Ops tf = tf();
        Each each = rule.of(this);
        // Every gradient is complete, and every power read, before the first variable changes.
        List<Op> ready = new ArrayList<>(gradients.operands());
        ready.addAll(read.values());
        Ops after = tf.withControlDependencies(ready);
        List<Op> updates = new ArrayList<>();
        for (Parameter parameter : parameters.all()) {
            each.update(target(after, parameter, parameter.type(), gradients, updates));
        }
        Ops last = tf.withControlDependencies(updates);
        List<Op> done = new ArrayList<>(updates);
        read.forEach((power, current) -> done.add(
                last.assignVariableOp(handle(memory.of(power)), tf.math.mul(current, tf.constant(power.beta())))));
        return tf.withControlDependencies(done).noOp();
    }

    private <T extends TFloating> Target target(
            Ops after, Parameter parameter, Class<T> type, Values gradients, List<Op> updates) {
        return new Variable<>(this, after, parameter, type, gradients.get(parameter.name(), type), updates);
    }

    @Override
    Operand<TFloat64> current(Power power) {
        return read.computeIfAbsent(power, one -> tf().readVariableOp(handle(memory.of(one)), TFloat64.class));
    }

    private Operand<? extends TType> handle(String slot) {
        Operand<? extends TType> handle = handles.get(slot);
        if (handle == null) {
            throw new IllegalStateException("the slot " + slot + " was not declared");
        }
        return handle;
    }

    /**
     * A parameter that lies in a variable.
     *
     * @param after with the control dependencies the update must keep
     * @param updates receives the operation of the step
     */
    private record Variable<T extends TFloating>(
            VariableUpdate update, Ops after, Parameter parameter, Class<T> type, Operand<T> gradient, List<Op> updates)
            implements Target {

        private Operand<T> value() {
            return after.readVariableOp(parameter.handle(), type);
        }

        @Override
        public Target penalised(double decay) {
            if (decay == 0) {
                return this;
            }
            Operand<T> penalty = after.math.mul(value(), constant(decay));
            return new Variable<>(update, after, parameter, type, after.math.add(gradient, penalty), updates);
        }

        @Override
        public Target shrunk(Operand<TFloat64> factor) {
            Op shrink = after.assignVariableOp(
                    parameter.handle(), after.math.mul(value(), after.dtypes.cast(factor, type)));
            Ops later = after.withControlDependencies(List.of(shrink));
            return new Variable<>(update, later, parameter, type, gradient, updates);
        }

        @Override
        public void adam(Moments moments) {
            Operand<T> zero = constant(0);
            updates.add(after.train.resourceApplyAdam(
                    parameter.handle(),
                    moment("m"),
                    moment("v"),
                    zero,
                    zero,
                    after.dtypes.cast(moments.rate(), type),
                    constant(moments.beta1()),
                    constant(moments.beta2()),
                    after.dtypes.cast(moments.epsilon(), type),
                    gradient));
        }

        @Override
        public void adaMax(double beta1, double beta2, Operand<TFloat64> rate, double epsilon) {
            updates.add(after.train.resourceApplyAdaMax(
                    parameter.handle(),
                    moment("m"),
                    moment("u"),
                    constant(0),
                    after.dtypes.cast(rate, type),
                    constant(beta1),
                    constant(beta2),
                    constant(epsilon),
                    gradient));
        }

        private Operand<T> constant(double value) {
            return Floats.scalar(after, type, value);
        }

        private Operand<? extends TType> moment(String name) {
            return update.handle(update.memory.of(parameter.name(), name));
        }
    }
}
