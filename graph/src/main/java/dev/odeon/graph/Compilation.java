package dev.odeon.graph;

import dev.odeon.graph.runtime.Devices;
import java.util.List;
import java.util.function.Supplier;
import org.tensorflow.op.Ops;

/**
 * Who runs a graph function: TensorFlow's executor, operation by operation, or XLA, which compiles it into fused kernels.
 *
 * <p>XLA pays on a GPU and for small states, where launching operations costs more than running them, most of all where steps
 * iterate. For large float64 matrix products on the CPU the executor is faster. XLA compiles at the first run, which takes
 * from one second for explicit steps to ten and more for implicit ones with their gradients. docs/COMPILATION.md has
 * measurements.
 *
 * <p>Compiled loops may have any number of rounds, whatever the stack of the thread that runs them and wherever their first
 * values come from.
 */
public enum Compilation {
    /** TensorFlow's executor. */
    EXECUTOR,
    /** XLA; every operation inside needs an XLA kernel (on the CPU {@code Lu} has none). */
    XLA,
    /**
     * XLA where TensorFlow sees a GPU and XLA the parts of CUDA that it needs; on the CPU by the first solve of the body, as {@link CompilationChoice} says. For
     * graphs that run some hundred times: it counts what a run costs, and compiling only where it takes very long.
     */
    AUTO;

    private static final ThreadLocal<Compilation> BUILDING = ThreadLocal.withInitial(() -> EXECUTOR);

    /** For whom the graph that is being built on this thread will be compiled. */
    public static Compilation current() {
        return BUILDING.get();
    }

    /** Builds something under this compilation, so that loops inside know how they will be run. */
    <R> R building(Supplier<R> builder) {
        Compilation before = BUILDING.get();
        BUILDING.set(this);
        try {
            return builder.get();
        } finally {
            BUILDING.set(before);
        }
    }

    /**
     * Builds a body so that it runs under this compilation: in place for the executor, as one compiled function for XLA.
     *
     * <p>Take gradients inside the body: they do not flow through a loop that is hidden in a compiled call, and {@link
     * Gradients} refuses those that would.
     *
     * @param name of the function in the graph
     * @param arguments tensors of the surrounding graph that the body reads
     * @return what the body returned, as tensors of the surrounding graph
     */
    public Values run(Ops tf, String name, Values arguments, GraphFunction.Body body) {
        return decide(tf, name, arguments, body).values();
    }

    /**
     * What a body returned, and who will run it.
     *
     * @param values tensors of the surrounding graph
     * @param choice who runs it and why
     */
    public record Decided(Values values, CompilationChoice choice) {}

    /** The same as {@link #run}, which also tells who will run it: AUTO decides by the first solve that the body adds. */
    public Decided decide(Ops tf, String name, Values arguments, GraphFunction.Body body) {
        return choose(arguments.specs(), body).build(tf, name, arguments, body);
    }

    /**
     * Who would run a body, as far as its first solve tells; nothing is added to any graph.
     *
     * @param arguments that the body reads
     */
    public CompilationChoice choose(List<TensorSpec> arguments, GraphFunction.Body body) {
        return this == AUTO ? automatic(arguments, body) : CompilationChoice.asked(this);
    }

    private static CompilationChoice automatic(List<TensorSpec> arguments, GraphFunction.Body body) {
        return Devices.gpuPresent()
                ? CompilationChoice.gpu()
                : Survey.firstSolve(arguments, body)
                        .map(CompilationChoice::onCpu)
                        .orElseGet(() -> CompilationChoice.executor("no solve to judge by was found"));
    }
}
