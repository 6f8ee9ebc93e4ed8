package dev.odeon.adjoint.step;

import dev.odeon.graph.Gradients;
import dev.odeon.graph.Values;
import dev.odeon.solvers.rungekutta.Stages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Stages at which the field was evaluated again; TensorFlow differentiates those very nodes. */
record RebuiltStages<T extends TFloating>(Stages<T> stages) implements StageProducts<T> {

    @Override
    public Operand<T> state(int stage) {
        return stages.states().get(stage);
    }

    @Override
    public List<@Nullable Operand<?>> product(Ops tf, int stage, Values theta, Operand<T> weight) {
        List<Operand<?>> targets = new ArrayList<>();
        targets.add(state(stage));
        targets.addAll(theta.operands());
        return Gradients.vectorJacobian(tf, stages.explicitRates().get(stage), weight, targets);
    }

    @Override
    public Operand<T> next() {
        return stages.next();
    }

    @Override
    public int evaluations() {
        return stages.evaluated().size();
    }

    @Override
    public int solves() {
        return stages.solves();
    }
}
