package dev.odeon.experiments.bench.compile;

import dev.odeon.experiments.results.MeasuredSolve;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.CompilationChoice;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.runtime.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TFloating;

/** A case in a graph of its own, with what it is fed, and the times of its runs. */
final class CompiledSolve implements AutoCloseable {

    private static final long SEED = 1;

    private final Graph graph = new Graph();
    private final Map<Operand<?>, Tensor> fed = new LinkedHashMap<>();
    private final CompilationChoice choice;
    private final Values results;
    private final Session session;
    private final List<Double> millis = new ArrayList<>();

    CompiledSolve(CompileCase which, Compilation compilation) {
        try {
            Compilation.Decided decided = build(which, which.type().type(), compilation);
            this.choice = decided.choice();
            this.results = decided.values();
            this.session = Sessions.open(graph);
        } catch (RuntimeException | Error e) {
            // Nobody else can close what is not finished.
            fed.values().forEach(Tensor::close);
            graph.close();
            throw e;
        }
    }

    private <T extends TFloating> Compilation.Decided build(CompileCase which, Class<T> type, Compilation compilation) {
        Ops tf = Ops.create(graph);
        Random random = new Random(SEED);
        Values arguments = Values.of(
                        CompileCase.START, feed(tf, type, Shape.of(which.batch(), which.dimension()), random))
                .with(CompileCase.INNER, feed(tf, type, which.weights(), random))
                .with(CompileCase.OUTER, feed(tf, type, which.weights(), random));
        return compilation.decide(tf, "solve", arguments, (inner, values) -> which.add(inner, values, type));
    }

    private <T extends TFloating> Operand<T> feed(Ops tf, Class<T> type, Shape shape, Random random) {
        Placeholder<T> placeholder = tf.placeholder(type, Placeholder.shape(shape));
        double scale = 1 / Math.sqrt((double) shape.get(shape.numDimensions() - 1));
        double[] numbers =
                random.doubles(shape.size()).map(x -> (x - 0.5) * scale).toArray();
        fed.put(placeholder, Floats.tensor(type, shape, numbers));
        return placeholder;
    }

    CompilationChoice choice() {
        return choice;
    }

    /** The first run, which optimises or compiles, in seconds of processor time. */
    double first() {
        long begin = processorNanos();
        run();
        return (processorNanos() - begin) / 1e9;
    }

    /** A run whose time counts. */
    void measure() {
        long begin = System.nanoTime();
        run();
        millis.add((System.nanoTime() - begin) / 1e6);
    }

    double medianMillis() {
        return MeasuredSolve.median(millis);
    }

    private void run() {
        Session.Runner runner = session.runner();
        fed.forEach(runner::feed);
        results.operands().forEach(runner::fetch);
        try (Result result = runner.run()) {
            double loss = Floats.read(result.get(0))[0];
            if (!Double.isFinite(loss)) {
                throw new IllegalArgumentException("the solve failed: give it more steps");
            }
        }
    }

    /** Of the whole process; the time since its start where the system does not tell. */
    private static long processorNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElseGet(System::nanoTime);
    }

    @Override
    public void close() {
        session.close();
        fed.values().forEach(Tensor::close);
        graph.close();
    }
}
