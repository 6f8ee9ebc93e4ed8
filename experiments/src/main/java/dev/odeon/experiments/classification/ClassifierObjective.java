package dev.odeon.experiments.classification;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.continuous.ContinuousModel;
import dev.odeon.models.continuous.networks.ModelBlock;
import dev.odeon.models.training.Objective;
import dev.odeon.models.training.Phase;
import dev.odeon.models.training.Score;
import dev.odeon.models.training.data.BatchWeights;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * Learns to classify: features become a state, the state is solved for from time 0 to 1, and its end is read.
 *
 * @param type element type of everything but what is kept of the features
 * @param reading of the features
 * @param shifts of those that train
 * @param model between features and readout
 * @param solving of its depth
 * @param readout of its end
 * @param numbers that the model's h has at its end for a sample
 */
record ClassifierObjective<T extends TFloating>(
        Class<T> type, Reading reading, Shifts shifts, ModelBlock model, Solving solving, Readout readout, int numbers)
        implements Objective<T> {

    /** Name of the column of the features, [batch, ...]. */
    static final String FEATURES = "features";
    /** Name of the column of the classes, [batch]. */
    static final String LABELS = "labels";
    /** Name of the metric: the share of samples that are classified as their labels say. */
    static final String ACCURACY = "accuracy";

    /** Prefix of the model's parameters. */
    private static final String MODEL = "model";

    /**
     * What the model says of a batch.
     *
     * @param solution of its state
     * @param outputs of the readout, [batch, outputs]
     */
    record Answer<T extends TFloating>(Solution<T> solution, Operand<T> outputs) {}

    @Override
    public void declare(Parameters parameters) {
        model.declare(parameters, MODEL, type);
        readout.declare(parameters, type, numbers);
    }

    private ContinuousModel<T> continuous() {
        return model.model(MODEL);
    }

    @Override
    public List<TensorSpec> inputs() {
        return shifts.inputs();
    }

    /**
     * Adds the state at the start.
     *
     * @param features as they are kept
     */
    Operand<T> start(Ops tf, Operand<? extends TType> features, Values parameters) {
        return continuous().lift(tf, reading.of(tf, features, type), parameters);
    }

    /** Adds a solve from a start. */
    Solution<T> solve(Ops tf, Operand<T> start, Values parameters, Solving how, SaveAt when) {
        return how.solver(continuous().field()).solve(tf, start, parameters, when);
    }

    /**
     * Adds the model's answer.
     *
     * @param features as they are kept
     */
    Answer<T> answer(Ops tf, Operand<? extends TType> features, Values parameters, Solving how) {
        Solution<T> solution = solve(tf, start(tf, features, parameters), parameters, how, Solving.DEPTH);
        return new Answer<>(
                solution, readout.apply(tf, continuous().project(tf, solution.last()), numbers, parameters));
    }

    @Override
    public Score<T> score(Ops tf, Values values, Values parameters, Phase phase) {
        Operand<TInt32> labels = values.get(LABELS, TInt32.class);
        Answer<T> answer = answer(
                tf,
                shifts.applied(tf, values.get(FEATURES, reading.kept(type)), values),
                parameters,
                phase == Phase.TRAINING ? solving : solving.withGradient(Gradient.NONE));
        Operand<T> right = tf.dtypes.cast(readout.right(tf, answer.outputs(), labels), type);
        return new Score<>(BatchWeights.mean(tf, values, readout.loss(tf, answer.outputs(), labels)), answer.solution())
                .withMetrics(Values.of(ACCURACY, BatchWeights.mean(tf, values, right)));
    }
}
