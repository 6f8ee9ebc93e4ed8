package dev.odeon.experiments;

import dev.odeon.adjoint.Gradient;
import dev.odeon.adjoint.OdeSolver;
import dev.odeon.adjoint.Solution;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.Values;
import dev.odeon.graph.layers.Activation;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.graph.runtime.Sessions;
import dev.odeon.models.optimisers.AdamW;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.linear.Circulant;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The semi-implicit neural ODE of the Kuramoto-Sivashinsky equation: u' = G(u) + J u with a perceptron G and the fixed
 * finite-difference stencil J of -u_xx - u_xxxx.
 *
 * <p>Source: Zhang, Liu, Maulik, Semi-Implicit Neural Ordinary Differential Equations, section 5.2.
 */
final class KsModel<T extends TFloating> implements AutoCloseable {

    private static final double LENGTH = 22;

    /** The figures of one epoch; the counts come from the loops. */
    record Epoch(
            double trainLoss,
            double validLoss,
            double seconds,
            long nfeForward,
            long nfeBackward,
            long nfeEvaluation) {}

    /** A long prediction from unseen data. */
    record Rollout(Outcome outcome, double energy, double dataEnergy, double[] truth, double[] prediction) {}

    private final KsSettings settings;
    private final Class<T> type;
    private final double[] states;
    private final int samples;
    private final Graph graph = new Graph();
    private final Ops tf = Ops.create(graph);
    private final Session session;
    private final OdeSolver<T> solver;
    private final Values read;
    private final Operand<T> start;
    private final Operand<T> target;
    private final Operand<T> rate;
    private final Training training;
    private final Evaluation evaluation;

    private record Training(Operand<?> loss, Operand<?> outcome, Operand<?> nfe, Operand<?> nfeBackward, Op update) {}

    private record Evaluation(Operand<?> loss, Operand<?> nfe) {}

    /**
     * Builds the graph.
     *
     * @param states [samples and more][grid], one row per sample time
     * @param samples the first so many pairs are trained on, the later ones only validated
     */
    KsModel(KsSettings settings, Class<T> type, double[] states, int samples) {
        this.settings = settings;
        this.type = type;
        this.states = states;
        this.samples = samples;
        int grid = settings.grid();
        Parameters parameters = new Parameters(tf, settings.seed());
        int hidden = grid * 25 / 8;
        Mlp mlp = Mlp.declare(
                parameters,
                "nonlinear",
                type,
                List.of(grid, hidden, hidden, hidden, hidden, grid),
                Activation.RELU,
                new Mlp.FanInUniform());
        SplitField<T> field = new SplitField<>(
                (inner, t, u, theta) -> inner.math.neg(mlp.apply(inner, u, theta)),
                Circulant.stencil(grid, stencil(LENGTH / grid)));
        this.solver = OdeSolver.of(field, settings.method(), new FixedSteps(settings.dt()));
        this.read = parameters.read();
        this.start = tf.placeholder(type, Placeholder.shape(Shape.of(settings.batch(), grid)));
        this.target = tf.placeholder(type, Placeholder.shape(Shape.of(settings.batch(), grid)));
        this.rate = tf.placeholder(type, Placeholder.shape(Shape.scalar()));
        Parameters slots = new Parameters(tf, settings.seed());
        this.training = training(parameters, slots);
        this.evaluation = evaluation();
        this.session = Sessions.open(graph);
        session.run(parameters.initializer());
        session.run(slots.initializer());
    }

    /** The centred differences of -u_xx - u_xxxx. */
    static double[] stencil(double dx) {
        double two = 1 / (dx * dx);
        double four = two * two;
        return new double[] {-four, 4 * four - two, -6 * four + 2 * two, 4 * four - two, -four};
    }

    private Training training(Parameters parameters, Parameters slots) {
        Values inputs = read.with("start", start).withConstant("target", target);
        Values results = settings.compilation().run(tf, "training", inputs, (inner, values) -> {
            Solution<T> solution = solve(inner, values, settings.gradient());
            Operand<T> loss = loss(inner, solution, values);
            Values theta = theta(values);
            Values gradients = Gradients.of(inner, loss, theta);
            Operand<TInt32> backward = solution.backward()
                    .map(Solution.BackwardStatistics::nfe)
                    .orElseGet(() -> solution.statistics().nfe());
            return Values.of("loss", loss)
                    .with("outcome", solution.outcome())
                    .with("nfe", solution.statistics().nfe())
                    .with("nfe backward", backward)
                    .and(gradients.prefixed("gradient/"));
        });
        Op update = new AdamW(0.01).apply(tf, parameters, slots, results.under("gradient/"), rate);
        return new Training(
                results.get("loss"), results.get("outcome"), results.get("nfe"), results.get("nfe backward"), update);
    }

    private Evaluation evaluation() {
        Values inputs = read.with("start", start).withConstant("target", target);
        Values results = settings.compilation().run(tf, "evaluation", inputs, (inner, values) -> {
            Solution<T> solution = solve(inner, values, Gradient.NONE);
            return Values.of("loss", loss(inner, solution, values))
                    .with("nfe", solution.statistics().nfe());
        });
        return new Evaluation(results.get("loss"), results.get("nfe"));
    }

    private Solution<T> solve(Ops inner, Values values, Gradient gradient) {
        return solver.withGradient(gradient)
                .solve(inner, values.get("start", type), theta(values), SaveAt.end(0, settings.interval()));
    }

    private Operand<T> loss(Ops inner, Solution<T> solution, Values values) {
        Operand<T> difference = inner.math.sub(solution.last(), values.get("target", type));
        return inner.math.mean(inner.math.square(difference), inner.constant(new int[] {0, 1}));
    }

    private static Values theta(Values values) {
        return values.under("nonlinear/").prefixed("nonlinear/");
    }

    /**
     * One pass over the training pairs, shuffled by seed and epoch, and one over the validation pairs.
     *
     * @throws IllegalStateException if a solve failed; the message is the outcome's advice
     */
    Epoch epoch(int epoch) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(31 * settings.seed() + epoch));
        int batches = samples / settings.batch();
        double sum = 0;
        long forward = 0;
        long backward = 0;
        long begin = System.nanoTime();
        for (int b = 0; b < batches; b++) {
            double progress = (epoch + (double) b / batches) / settings.epochs();
            List<Integer> rows = order.subList(b * settings.batch(), (b + 1) * settings.batch());
            try (Tensor from = batch(rows, 0);
                    Tensor to = batch(rows, 1);
                    Tensor learningRate = Floats.tensor(type, Shape.scalar(), settings.rateAt(progress));
                    Result result = session.runner()
                            .feed(start, from)
                            .feed(target, to)
                            .feed(rate, learningRate)
                            .fetch(training.loss())
                            .fetch(training.outcome())
                            .fetch(training.nfe())
                            .fetch(training.nfeBackward())
                            .addTarget(training.update())
                            .run()) {
                Outcome outcome = Outcome.ofCode(((TInt32) result.get(1)).getInt());
                if (outcome != Outcome.SUCCESS) {
                    throw new IllegalStateException("In epoch " + (epoch + 1) + ": " + outcome.advice());
                }
                sum += Floats.read(result.get(0))[0];
                forward += ((TInt32) result.get(2)).getInt();
                backward += ((TInt32) result.get(3)).getInt();
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        double[] valid = validate();
        return new Epoch(sum / batches, valid[0], seconds, forward, backward, (long) valid[1]);
    }

    private double[] validate() {
        int available = states.length / settings.grid() - 1 - samples;
        int batches = Math.max(1, available / settings.batch());
        double sum = 0;
        long nfe = 0;
        for (int b = 0; b < batches; b++) {
            List<Integer> rows = new ArrayList<>();
            for (int i = 0; i < settings.batch(); i++) {
                rows.add(samples + (b * settings.batch() + i) % available);
            }
            try (Tensor from = batch(rows, 0);
                    Tensor to = batch(rows, 1);
                    Result result = session.runner()
                            .feed(start, from)
                            .feed(target, to)
                            .fetch(evaluation.loss())
                            .fetch(evaluation.nfe())
                            .run()) {
                sum += Floats.read(result.get(0))[0];
                nfe += ((TInt32) result.get(1)).getInt();
            }
        }
        return new double[] {sum / batches, nfe};
    }

    private Tensor batch(List<Integer> rows, int offset) {
        int grid = settings.grid();
        double[] values = new double[rows.size() * grid];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(states, (rows.get(i) + offset) * grid, values, i * grid, grid);
        }
        return Floats.tensor(type, Shape.of(rows.size(), grid), values);
    }

    /** Predicts from the first unseen state, one interval after the other. */
    Rollout rollout(int intervals) {
        int grid = settings.grid();
        double[] first = Arrays.copyOfRange(states, samples * grid, (samples + 1) * grid);
        double[] times = new double[intervals + 1];
        for (int i = 0; i <= intervals; i++) {
            times[i] = i * settings.interval();
        }
        Operand<T> u0 = Floats.constant(tf, type, Shape.of(1, grid), first);
        Solution<T> solution = solver.withGradient(Gradient.NONE).solve(tf, u0, read, SaveAt.times(times));
        double[] truth = Arrays.copyOfRange(states, samples * grid, (samples + intervals + 1) * grid);
        try (Result result = session.runner()
                .fetch(solution.states())
                .fetch(solution.outcome())
                .run()) {
            double[] prediction = Floats.read(result.get(0));
            Outcome outcome = Outcome.ofCode(((TInt32) result.get(1)).getInt());
            return new Rollout(outcome, energy(prediction), energy(states), truth, prediction);
        }
    }

    /** The mean square of the state. */
    private static double energy(double[] values) {
        return Arrays.stream(values).map(x -> x * x).average().orElse(Double.NaN);
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
