package dev.odeon.graph;

import dev.odeon.graph.runtime.Devices;
import java.util.function.Supplier;
import org.tensorflow.op.Ops;

/**
 * Who runs a graph function: TensorFlow's executor, operation by operation, or XLA, which compiles it into fused kernels.
 *
 * <p>XLA pays on a GPU and for small states, where launching operations costs more than running them. For large float64
 * matrix products on the CPU the executor is faster. XLA compiles at the first run, which takes seconds for deep
 * networks.
 */
public enum Compilation {
    /** TensorFlow's executor. */
    EXECUTOR,
    /** XLA; every operation inside needs an XLA kernel (on the CPU {@code Lu} has none). */
    XLA,
    /** XLA where TensorFlow sees a GPU, the executor elsewhere. */
    AUTO;

    private static final ThreadLocal<Compilation> BUILDING = ThreadLocal.withInitial(() -> EXECUTOR);

    /** This choice with AUTO decided for the devices of this machine. */
    public Compilation resolve() {
        if (this != AUTO) {
            return this;
        }
        return Devices.gpuPresent() ? XLA : EXECUTOR;
    }

    /** For whom the graph that is being built on this thread will be compiled. */
    public static Compilation current() {
        return BUILDING.get();
    }

    /** Builds something under this compilation, so that loops inside know how they will be run. */
    <R> R building(Supplier<R> builder) {
        Compilation before = BUILDING.get();
        BUILDING.set(resolve());
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
        if (resolve() == EXECUTOR) {
            return EXECUTOR.building(() -> body.apply(tf, arguments));
        }
        GraphFunction function = XLA.building(() -> GraphFunction.define(tf, name, arguments.specs(), body));
        return function.callCompiled(tf, arguments);
    }
}
