package dev.odeon.experiments.bench.cases;

import dev.odeon.experiments.results.MeasuredSolve;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.CompilationChoice;
import dev.odeon.models.optimisers.Adam;
import dev.odeon.models.training.AtOnce;
import dev.odeon.models.training.Objective;
import dev.odeon.models.training.TrainingGraph;
import dev.odeon.models.training.TrainingSettings;
import dev.odeon.models.training.runs.Iteration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/** A problem in a graph of its own, and the times of its iterations: solve, loss, gradient and Adam. */
final class CaseRun<T extends TFloating> implements AutoCloseable {

    private static final double RATE = 1e-6;

    private final TrainingGraph<T> graph;
    private final Map<String, ? extends TType> fed;
    private final List<Double> millis = new ArrayList<>();

    /**
     * Builds it.
     *
     * @param data that the objective reads; closed here
     * @param fed in every iteration; closed with this
     * @param most iterations that are one run
     */
    CaseRun(
            Objective<T> objective,
            Map<String, ? extends TType> data,
            Map<String, ? extends TType> fed,
            Compilation compilation,
            int most) {
        this.fed = fed;
        try {
            TrainingSettings settings = new TrainingSettings(new Adam(0), compilation, 0);
            this.graph = new TrainingGraph<>(objective, data, settings.withAtOnce(AtOnce.atMost(most)));
        } finally {
            data.values().forEach(TType::close);
        }
    }

    /** Who runs it, and why. */
    CompilationChoice choice() {
        return graph.compilation();
    }

    /** How many iterations are one run. */
    int atOnce() {
        return graph.atOnce();
    }

    /** The first run, which optimises or compiles, in milliseconds. */
    double first() {
        return run();
    }

    /** A run whose time counts. */
    void measure() {
        millis.add(run() / atOnce());
    }

    /** Milliseconds of an iteration. */
    double median() {
        return MeasuredSolve.median(millis);
    }

    /** The least of them. */
    double least() {
        return Collections.min(millis);
    }

    private double run() {
        double[] rates = new double[atOnce()];
        Arrays.fill(rates, RATE);
        long begin = System.nanoTime();
        List<Iteration> told = graph.train(Collections.nCopies(rates.length, fed), rates);
        double taken = (System.nanoTime() - begin) / 1e6;
        Iteration last = told.get(told.size() - 1);
        if (!last.verdict().successful()) {
            throw new IllegalStateException("an iteration ended with " + last.verdict());
        }
        return taken;
    }

    @Override
    public void close() {
        fed.values().forEach(TType::close);
        graph.close();
    }
}
