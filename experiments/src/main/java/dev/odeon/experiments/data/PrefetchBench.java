package dev.odeon.experiments.data;

import dev.odeon.datasets.arrow.ArrowTable;
import dev.odeon.datasets.batches.BatchPlan;
import dev.odeon.datasets.batches.BatchPlan.Remainder;
import dev.odeon.datasets.batches.BatchPlan.Shuffled;
import dev.odeon.datasets.batches.Batches;
import dev.odeon.datasets.batches.TableBatch;
import dev.odeon.datasets.batches.TableSource;
import dev.odeon.datasets.pde.KuramotoSivashinsky;
import dev.odeon.datasets.pde.TrajectoryFile;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;

/**
 * Trains on shuffled Kuramoto-Sivashinsky states with and without loading, to see whether prefetching hides it.
 *
 * <p>The step is four evaluations of a field of two dense layers (64 to 512 and back) and the gradient of the squared
 * increment: what an explicit solver of four stages does.
 */
final class PrefetchBench {
    private static final int HIDDEN = 512;
    private static final int BATCH = 100;
    private static final int SAMPLES = 4000;

    /**
     * Milliseconds per epoch, medians.
     *
     * @param without the same batch again and again
     * @param prefetched batches loaded by the background thread
     * @param inline batches loaded between the steps
     */
    record Times(double without, double prefetched, double inline) {}

    private PrefetchBench() {}

    static Times run(Path file, int repeats, int epochs) {
        KuramotoSivashinsky ks = KuramotoSivashinsky.standard().withSamples(SAMPLES);
        TrajectoryFile.write(ks.simulate(), file);
        TableSource source = new TableSource(ArrowTable.open(file), List.of("u"));
        BatchPlan plan = BatchPlan.of(BATCH)
                .withOrder(new Shuffled(1))
                .withRemainder(Remainder.DROP)
                .withEpochs(epochs);
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            Step step = Step.build(graph, session, ks.grid().points());
            double[] without = new double[repeats];
            double[] prefetched = new double[repeats];
            double[] inline = new double[repeats];
            // In turns, so that a slow moment of the machine meets all three.
            for (int i = -1; i < repeats; i++) {
                int at = Math.max(0, i);
                without[at] = still(step, source, plan) / epochs;
                prefetched[at] = prefetch(step, source, plan) / epochs;
                inline[at] = inline(step, source, plan) / epochs;
            }
            return new Times(DataBench.median(without), DataBench.median(prefetched), DataBench.median(inline));
        }
    }

    private static double still(Step step, TableSource source, BatchPlan plan) {
        try (TableBatch batch = source.load(plan.over(source.rows()).next())) {
            int steps = plan.epochs() * plan.batchesPerEpoch(source.rows());
            long start = System.nanoTime();
            for (int i = 0; i < steps; i++) {
                step.run(batch);
            }
            return (System.nanoTime() - start) * 1e-6;
        }
    }

    private static double prefetch(Step step, TableSource source, BatchPlan plan) {
        long start = System.nanoTime();
        try (Batches<TableBatch> batches = Batches.prefetch(source, plan, 2)) {
            while (batches.hasNext()) {
                try (TableBatch batch = batches.next()) {
                    step.run(batch);
                }
            }
        }
        return (System.nanoTime() - start) * 1e-6;
    }

    private static double inline(Step step, TableSource source, BatchPlan plan) {
        long start = System.nanoTime();
        Iterator<int[]> rows = plan.over(source.rows());
        while (rows.hasNext()) {
            try (TableBatch batch = source.load(rows.next())) {
                step.run(batch);
            }
        }
        return (System.nanoTime() - start) * 1e-6;
    }

    /** One training step as a graph. */
    private record Step(Session session, Output<?> input, Output<?> gradient) {
        static Step build(Graph graph, Session session, int points) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat64> u = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(BATCH, points)));
            Operand<TFloat64> w1 = weights(tf, points, HIDDEN, 1);
            Operand<TFloat64> w2 = weights(tf, HIDDEN, points, 2);
            Operand<TFloat64> state = u;
            for (int stage = 0; stage < 4; stage++) {
                Operand<TFloat64> field = tf.linalg.matMul(tf.math.tanh(tf.linalg.matMul(state, w1)), w2);
                state = tf.math.add(state, tf.math.mul(field, tf.constant(0.1)));
            }
            Operand<TFloat64> increment = tf.math.sub(state, u);
            Operand<TFloat64> loss = tf.reduceSum(tf.math.square(increment), tf.array(0, 1));
            Output<?>[] gradients = graph.addGradients(loss.asOutput(), new Output<?>[] {w1.asOutput(), w2.asOutput()});
            Output<TFloat64> first = gradients[0].expect(TFloat64.class);
            return new Step(
                    session, u.asOutput(), tf.reduceSum(first, tf.array(0, 1)).asOutput());
        }

        private static Operand<TFloat64> weights(Ops tf, int rows, int columns, long seed) {
            Random random = new Random(seed);
            double[] values = random.doubles((long) rows * columns, -0.05, 0.05).toArray();
            return tf.placeholderWithDefault(
                    tf.reshape(tf.constant(values), tf.array(rows, columns)), Shape.of(rows, columns));
        }

        void run(TableBatch batch) {
            try (var result = session.runner()
                    .feed(input, (Tensor) batch.tensor("u"))
                    .fetch(gradient)
                    .run()) {
                if (result.size() != 1) {
                    throw new IllegalStateException("one gradient expected");
                }
            }
        }
    }
}
