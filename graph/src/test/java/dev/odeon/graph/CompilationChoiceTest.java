package dev.odeon.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.graph.runtime.Devices;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Small and iterating solves are compiled on the CPU, large ones and those that take long to compile are not. */
class CompilationChoiceTest {

    private static Compilation onCpu(Class<? extends TFloating> type, long numbers, long equations, long unrolled) {
        return CompilationChoice.onCpu(new SolveWork(type, numbers, equations, unrolled))
                .compilation();
    }

    @Test
    void decidesBySizeTypeAndIteration() {
        assertThat(onCpu(TFloat64.class, 256, 0, 0)).isEqualTo(Compilation.XLA);
        assertThat(onCpu(TFloat64.class, 2048, 0, 0)).isEqualTo(Compilation.XLA);
        assertThat(onCpu(TFloat32.class, 2048, 0, 0)).isEqualTo(Compilation.EXECUTOR);
        assertThat(onCpu(TFloat64.class, 16_384, 0, 0)).isEqualTo(Compilation.EXECUTOR);
        assertThat(onCpu(TFloat64.class, 96, 5, 0)).isEqualTo(Compilation.XLA);
        assertThat(onCpu(TFloat64.class, 1024, 5, 0)).isEqualTo(Compilation.EXECUTOR);
        assertThat(onCpu(TFloat64.class, -1, 0, 0)).isEqualTo(Compilation.EXECUTOR);
    }

    @Test
    void leavesWhatTakesLongToCompile() {
        assertThat(onCpu(TFloat64.class, 8, 0, 40)).isEqualTo(Compilation.XLA);
        assertThat(onCpu(TFloat64.class, 8, 0, 400)).isEqualTo(Compilation.EXECUTOR);
        assertThat(onCpu(TFloat64.class, 8, 1, 5)).isEqualTo(Compilation.EXECUTOR);
    }

    /** A body that adds a small solve, if its argument could be part of one. */
    private static Compilation.Decided decided(Ops tf, AtomicInteger applied, GraphFunction.Body rest) {
        return Compilation.AUTO.decide(tf, "body", Values.of("x", tf.constant(3.0)), (inner, values) -> {
            applied.incrementAndGet();
            Survey.tell(() -> new SolveWork(TFloat64.class, 1, 0, 0));
            return rest.apply(inner, values);
        });
    }

    @Test
    void looksAtTheFirstSolveAndTellsWhy() {
        AtomicInteger applied = new AtomicInteger();
        try (TestGraph graph = new TestGraph()) {
            Compilation.Decided decided = decided(
                    graph.tf(),
                    applied,
                    (tf, values) -> Values.of("y", tf.math.square(values.get("x", TFloat64.class))));
            assertThat(decided.choice().compilation()).isEqualTo(Compilation.XLA);
            assertThat(decided.choice().line())
                    .startsWith("XLA: ")
                    .contains(Devices.gpuPresent() ? "GPU" : "1 numbers");
            assertThat(graph.evaluate(decided.values().get("y"))).containsExactly(9);
            assertThat(applied).hasValue(Devices.gpuPresent() ? 1 : 2);
        }
    }

    @Test
    void leavesOperationsWithoutAKernelToTheExecutor() {
        if (Devices.gpuPresent()) {
            return;
        }
        try (TestGraph graph = new TestGraph()) {
            Compilation.Decided decided = decided(
                    graph.tf(),
                    new AtomicInteger(),
                    (tf, values) -> Values.of(
                            "y",
                            tf.reduceSum(
                                    tf.linalg
                                            .lu(
                                                    tf.reshape(
                                                            values.get("x", TFloat64.class),
                                                            tf.constant(new int[] {1, 1})),
                                                    TInt32.class)
                                            .lu(),
                                    tf.constant(new int[] {0, 1}))));
            assertThat(decided.choice().line()).isEqualTo("executor: XLA has no kernel for [Lu]");
            assertThat(graph.evaluate(decided.values().get("y"))).containsExactly(3);
        }
    }

    @Test
    void aBodyWithoutSolvesAndAMistakeInOne() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Compilation.Decided decided =
                    Compilation.AUTO.decide(tf, "body", Values.of("x", tf.constant(3.0)), (inner, values) -> values);
            assertThat(decided.choice().compilation())
                    .isEqualTo(Devices.gpuPresent() ? Compilation.XLA : Compilation.EXECUTOR);
            assertThatThrownBy(() -> Compilation.AUTO.run(tf, "body", Values.empty(), (inner, values) -> {
                        throw new IllegalArgumentException("a mistake");
                    }))
                    .hasMessage("a mistake");
        }
    }

    @Test
    void withoutAPartOfCudaTheExecutorRunsWhatNeedsIt() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            GraphFunction curved = function(tf, "curved", inner -> inner.math::tanh);
            GraphFunction straight = function(tf, "straight", inner -> inner.math::neg);
            CompilationChoice chosen = CompilationChoice.gpu();
            CompilationChoice asked = CompilationChoice.asked(Compilation.XLA);
            assertThat(after(graph, chosen, curved, CompilationChoice.XlaDevice.GPU))
                    .isEqualTo(chosen);
            assertThat(after(graph, chosen, straight, CompilationChoice.XlaDevice.GPU_WITHOUT_LIBDEVICE))
                    .isEqualTo(chosen);
            assertThat(after(graph, asked, straight, CompilationChoice.XlaDevice.GPU_WITHOUT_LIBDEVICE))
                    .isEqualTo(asked);
            assertThat(after(graph, chosen, curved, CompilationChoice.XlaDevice.GPU_WITHOUT_LIBDEVICE)
                            .line())
                    .startsWith("executor: XLA finds no libdevice.10.bc: ")
                    .contains("--xla_gpu_cuda_data_dir=");
            assertThatThrownBy(() -> after(graph, asked, curved, CompilationChoice.XlaDevice.GPU_WITHOUT_LIBDEVICE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("XLA finds no libdevice.10.bc, which [Tanh] need on a GPU: ")
                    .hasMessageEndingWith(", or choose the executor");
        }
    }

    private static GraphFunction function(
            Ops tf, String name, Function<Ops, UnaryOperator<Operand<TFloat64>>> operation) {
        return GraphFunction.define(
                tf,
                name,
                Values.of("x", tf.constant(3.0)).specs(),
                // Inside another function, as most of a training is.
                (outer, values) -> Compilation.XLA.run(
                        outer,
                        name + "_inside",
                        values,
                        (inner, same) -> Values.of("y", operation.apply(inner).apply(same.get("x", TFloat64.class)))));
    }

    private static CompilationChoice after(
            TestGraph graph, CompilationChoice choice, GraphFunction function, CompilationChoice.XlaDevice device) {
        return choice.after(graph.graph(), function, device);
    }
}
