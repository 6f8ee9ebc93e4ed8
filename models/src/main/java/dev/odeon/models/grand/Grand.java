package dev.odeon.models.grand;

import dev.odeon.adjoint.Gradient;
import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.SparseFeatures;
import dev.odeon.datasets.graphs.Split;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.layers.BatchNorm;
import dev.odeon.graph.layers.DenseLayer;
import dev.odeon.graph.layers.Dropout;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.serving.ServedModel;
import dev.odeon.models.training.Objective;
import dev.odeon.models.training.Phase;
import dev.odeon.models.training.Score;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.steps.SaveAt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * Graph neural diffusion: features are encoded, diffuse along the edges, and are decoded to classes.
 *
 * <p>Encoder: dropout, dense layer, batch normalisation where asked for. Then {@link GraphDiffusion} up to a time.
 * Decoder: ReLU, dropout, dense layer. Loss: the mean cross entropy of the training nodes, in an evaluation that of the
 * validation nodes. Metrics of an evaluation: {@code trainAccuracy}, {@code validAccuracy}, {@code testAccuracy}. Source:
 * Chamberlain and others, GRAND: Graph Neural Diffusion, 2021.
 *
 * @param <T> element type
 */
public final class Grand<T extends TFloating> implements Objective<T> {

    /** The name of the input [2] that determines the dropout of an iteration. */
    public static final String SEED = "dropout_seed";

    private static final String LABELS = "labels";
    private static final String TRAIN = "train";
    private static final String VALIDATION = "validation";
    private static final String TEST = "test";
    private static final DenseLayer ENCODER = new DenseLayer("encoder");
    private static final DenseLayer DECODER = new DenseLayer("decoder");
    private static final String NORM = "encoder/norm";
    private static final int DECODER_STREAM = 2;

    private final GrandSettings settings;
    private final SolverSettings solver;
    private final Class<T> type;
    private final GraphData graph;
    private final SparseFeatures features;
    private final FeatureForm form;

    /**
     * A model for one graph.
     *
     * @param graph undirected edges in both directions, their weights unread; its self-loops and feature values are made
     *     as the settings say
     */
    public Grand(GrandSettings settings, GraphData graph, SolverSettings solver, Class<T> type) {
        this.settings = settings;
        this.solver = solver;
        this.type = type;
        this.graph = settings.selfLoops().in(graph);
        this.features = settings.featureValues().of(graph.features().sparse());
        this.form = FeatureForm.of(features);
    }

    @Override
    public Class<T> type() {
        return type;
    }

    /**
     * The data that {@link #score} reads, by name; the caller closes the tensors.
     *
     * @param split of the nodes of the graph, no part empty
     * @throws IllegalArgumentException if a part has no nodes, or nodes that the graph has not
     */
    public Map<String, TType> data(Split split) {
        requireNodes(TRAIN, split.train());
        requireNodes(VALIDATION, split.validation());
        requireNodes(TEST, split.test());
        Map<String, TType> data = new LinkedHashMap<>(form.tensors(features, type));
        data.put(EdgeList.SOURCE, Indices.tensor(graph.edges().source()));
        data.put(EdgeList.TARGET, Indices.tensor(graph.edges().target()));
        data.put(LABELS, Indices.tensor(graph.labels()));
        data.put(TRAIN, Indices.tensor(split.train()));
        data.put(VALIDATION, Indices.tensor(split.validation()));
        data.put(TEST, Indices.tensor(split.test()));
        return data;
    }

    private void requireNodes(String part, int[] nodes) {
        if (nodes.length == 0) {
            throw new IllegalArgumentException("There are no " + part + " nodes: give at least one");
        }
        for (int node : nodes) {
            if (node >= graph.nodes()) {
                throw new IllegalArgumentException("The split names node " + node + ", but the graph has nodes 0 to "
                        + (graph.nodes() - 1) + ": split this graph");
            }
        }
    }

    @Override
    public void declare(Parameters parameters) {
        int columns = features.columns();
        declareDense(parameters, ENCODER, columns, settings.hidden());
        if (settings.encoding() == Encoding.BATCH_NORMALISED) {
            norm().declare(parameters, type, settings.hidden());
        }
        settings.diffusion().declare(parameters, type, settings.hidden());
        declareDense(parameters, DECODER, settings.hidden(), graph.classes());
    }

    private void declareDense(Parameters parameters, DenseLayer layer, int inputs, int outputs) {
        Initializer uniform = Initializer.uniform(1 / Math.sqrt(inputs));
        DenseLayer.declare(parameters, layer.name(), type, inputs, outputs, uniform, uniform);
    }

    @Override
    public void declareStates(Parameters states) {
        if (settings.encoding() == Encoding.BATCH_NORMALISED) {
            norm().declareStates(states, type, settings.hidden());
        }
    }

    private BatchNorm norm() {
        return new BatchNorm(NORM, graph.nodes());
    }

    @Override
    public List<TensorSpec> inputs() {
        return List.of(new TensorSpec(SEED, TInt64.class, Shape.of(2), false));
    }

    @Override
    public Score<T> score(Ops tf, Values values, Values parameters, Phase phase) {
        return switch (phase) {
            case TRAINING -> train(tf, values, parameters);
            case EVALUATION -> evaluate(tf, values, parameters);
        };
    }

    private Score<T> train(Ops tf, Values values, Values parameters) {
        Operand<TInt64> seed = values.get(SEED, TInt64.class);
        Operand<T> u0 = form.encode(tf, values, type, ENCODER, graph.nodes(), settings.inputDropout(), seed);
        Values updates = Values.empty();
        if (settings.encoding() == Encoding.BATCH_NORMALISED) {
            BatchNorm.Normalised<T> normalised = norm().train(tf, u0, values);
            u0 = normalised.y();
            updates = normalised.updates();
        }
        Solution<T> solution = solve(tf, u0, values, parameters, solver.gradient());
        Operand<T> shown = settings.dropout().apply(tf, tf.nn.relu(solution.last()), seed, DECODER_STREAM);
        Operand<T> logits = DECODER.apply(tf, shown, parameters);
        return new Score<>(loss(tf, logits, values, TRAIN), solution).withUpdates(updates);
    }

    /**
     * What the model says of the nodes, without dropout.
     *
     * @param logits [nodes, classes]
     */
    record Answer<T extends TFloating>(Operand<T> logits, Solution<T> solution) {}

    /**
     * Adds what the trained model says of the nodes of its graph.
     *
     * @param features of the nodes as the data set has them: [nodes, columns]
     * @param values parameters and states by name
     */
    Answer<T> answer(Ops tf, Operand<T> features, Values values, Gradient gradient) {
        Operand<T> made = settings.featureValues() == FeatureValues.BINARY
                ? tf.dtypes.cast(tf.math.greater(features, Floats.scalar(tf, type, 0)), type)
                : features;
        Values edges = Values.empty()
                .withConstant(
                        EdgeList.SOURCE, Indices.constant(tf, graph.edges().source()))
                .withConstant(
                        EdgeList.TARGET, Indices.constant(tf, graph.edges().target()));
        return answer(tf, ENCODER.apply(tf, made, values), values.and(edges), values, gradient);
    }

    /** From what the encoder's dense layer gives. */
    private Answer<T> answer(Ops tf, Operand<T> encoded, Values values, Values parameters, Gradient gradient) {
        Operand<T> u0 =
                settings.encoding() == Encoding.BATCH_NORMALISED ? norm().evaluate(tf, encoded, values) : encoded;
        Solution<T> solution = solve(tf, u0, values, parameters, gradient);
        return new Answer<>(DECODER.apply(tf, tf.nn.relu(solution.last()), parameters), solution);
    }

    /** What is offered to programs that only predict. */
    public ServedModel served() {
        return ServedGrand.of(this, graph.nodes(), features.columns(), settings.featureValues(), solver.gradient());
    }

    private Score<T> evaluate(Ops tf, Values values, Values parameters) {
        Operand<TInt64> unused = values.get(SEED, TInt64.class);
        Operand<T> encoded = form.encode(tf, values, type, ENCODER, graph.nodes(), new Dropout(0), unused);
        Answer<T> answer = answer(tf, encoded, values, parameters, Gradient.NONE);
        Solution<T> solution = answer.solution();
        Operand<T> logits = answer.logits();
        Values metrics = Values.of("trainAccuracy", accuracy(tf, logits, values, TRAIN))
                .with("validAccuracy", accuracy(tf, logits, values, VALIDATION))
                .with("testAccuracy", accuracy(tf, logits, values, TEST));
        return new Score<>(loss(tf, logits, values, VALIDATION), solution).withMetrics(metrics);
    }

    private Solution<T> solve(Ops tf, Operand<T> u0, Values values, Values parameters, Gradient gradient) {
        GraphDiffusion diffusion = settings.diffusion();
        EdgeList edges = EdgeList.of(tf, values, graph.nodes());
        return OdeSolver.of(diffusion.field(tf, parameters, type, graph.nodes()), solver.method(), solver.steps())
                .withGradient(gradient)
                .solve(tf, u0, diffusion.theta(tf, u0, edges, parameters), SaveAt.end(0, settings.time()));
    }

    private Operand<T> loss(Ops tf, Operand<T> logits, Values values, String part) {
        Operand<TInt64> nodes = values.get(part, TInt64.class);
        return loss(tf, logits, nodes, values.get(LABELS, TInt64.class));
    }

    /**
     * Adds the mean cross entropy of some nodes.
     *
     * @param labels of all nodes
     */
    Operand<T> loss(Ops tf, Operand<T> logits, Operand<TInt64> nodes, Operand<TInt64> labels) {
        Operand<T> logProbabilities = tf.nn.logSoftmax(tf.gather(logits, nodes, tf.constant(0)));
        Operand<T> truth = tf.oneHot(
                tf.gather(labels, nodes, tf.constant(0)),
                tf.constant(graph.classes()),
                Floats.scalar(tf, type, 1),
                Floats.scalar(tf, type, 0));
        Operand<T> each = tf.reduceSum(tf.math.mul(truth, logProbabilities), tf.constant(1));
        return tf.math.neg(tf.math.mean(each, tf.constant(0)));
    }

    private Operand<T> accuracy(Ops tf, Operand<T> logits, Values values, String part) {
        Operand<TInt64> nodes = values.get(part, TInt64.class);
        Operand<TInt64> predicted =
                tf.math.argMax(tf.gather(logits, nodes, tf.constant(0)), tf.constant(1), TInt64.class);
        Operand<T> right = tf.dtypes.cast(tf.math.equal(predicted, labels(tf, values, nodes)), type);
        return tf.math.mean(right, tf.constant(0));
    }

    private static Operand<TInt64> labels(Ops tf, Values values, Operand<TInt64> nodes) {
        return tf.gather(values.get(LABELS, TInt64.class), nodes, tf.constant(0));
    }
}
