package dev.odeon.solvers.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.runtime.Gpus;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.linear.Dense;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.linear.Sparse;
import dev.odeon.solvers.linear.krylov.Krylov;
import dev.odeon.solvers.linear.krylov.KrylovMethod;
import dev.odeon.solvers.nonlinear.Anderson;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat64;

/** Graphs for a GPU are free of what has no kernel there, and give the numbers of those for the CPU. */
class GpuOperationsTest {

    /** Kernels of the host alone, or such as read a number from its memory. */
    private static final Set<String> OF_THE_HOST = Set.of(
            "Qr",
            "Lu",
            "MatrixInverse",
            "MatrixSolve",
            "MatrixDiagPartV2",
            "MatrixDiagPartV3",
            "MatrixDiagV2",
            "MatrixDiagV3",
            "PadV2");

    private record Solve(String name, Method method, DenseSolve solve, StepControl steps) {
        @Override
        public String toString() {
            return name;
        }
    }

    private record Solved(Set<String> operations, double[] last, double[] gradient) {}

    static List<Solve> solves() {
        StepControl fixed = new FixedSteps(0.1);
        StepControl chosen = PidController.of(1e-6, 1e-8);
        return List.of(
                new Solve("newton", Methods.SDIRK2, DenseSolve.INVERSE, fixed),
                new Solve("anderson", Methods.BACKWARD_EULER.with(Anderson.standard()), DenseSolve.INVERSE, fixed),
                new Solve("inverse, fixed", Methods.IMEX_RK2, DenseSolve.INVERSE, fixed),
                new Solve("inverse, chosen", Methods.IMEX_RK3, DenseSolve.INVERSE, chosen),
                new Solve("triangular", Methods.IMEX_RK3, DenseSolve.LU, fixed));
    }

    private static Solved run(Solve solve) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> matrix = tf.placeholderWithDefault(
                    Floats.constant(tf, TFloat64.class, Shape.of(3, 3), -2, 1, 0, 0.5, -30, 1, 0, 2, -1),
                    Shape.of(3, 3));
            Operand<TFloat64> start = Floats.constant(tf, TFloat64.class, Shape.of(2, 3), 1, 0.5, -1, 0.3, 2, 0.7);
            Values theta = Values.of("start", start).with("matrix", matrix);
            SplitField<TFloat64> field =
                    new SplitField<>((inner, t, u, parameters) -> inner.math.sin(u), Dense.of(matrix, solve.solve()));
            Solution<TFloat64> solution = OdeSolver.of(field, solve.method(), solve.steps())
                    .solve(tf, start, Values.empty(), SaveAt.end(0, 0.5));
            Operand<TFloat64> loss = tf.reduceSum(tf.math.square(solution.last()), tf.constant(new int[] {0, 1}));
            Values gradients = Gradients.of(tf, loss, theta);
            Set<String> operations = operations(graph.graph().toGraphDef());
            Session session = graph.quickSession();
            return new Solved(
                    operations,
                    TestGraph.evaluate(session, solution.last()),
                    TestGraph.evaluate(session, gradients.get("matrix")));
        }
    }

    private static Set<String> operations(GraphDef graph) {
        Set<String> operations = new TreeSet<>();
        graph.getNodeList().forEach(node -> operations.add(node.getOp()));
        graph.getLibrary()
                .getFunctionList()
                .forEach(function -> function.getNodeDefList().forEach(node -> operations.add(node.getOp())));
        return operations;
    }

    @ParameterizedTest
    @MethodSource("solves")
    void denseSystemsAreSolvedOnTheDevice(Solve solve) {
        Supplier<Solved> solved = () -> run(solve);
        Solved onGpu = Gpus.targeting(solved);
        Solved onCpu = solved.get();
        assertThat(onGpu.operations()).doesNotContainAnyElementsOf(OF_THE_HOST);
        assertThat(onGpu.last()).containsExactly(onCpu.last(), within(1e-9));
        assertThat(onGpu.gradient()).containsExactly(onCpu.gradient(), within(1e-7));
    }

    /** Integers of 32 bits that a loop carries are in the host's memory, and copied from there in every round. */
    @Test
    void theIndicesOfSparseOperatorsHave64Bits() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Sparse<TFloat64> constants = Sparse.of(
                    2, new int[] {0, 1}, new int[] {1, 0}, new double[] {1, 2}, Krylov.of(KrylovMethod.GMRES));
            Sparse<TFloat64> tensors = Sparse.of(
                    2,
                    tf.constant(new int[] {0, 1}),
                    tf.constant(new int[] {1, 0}),
                    Floats.constant(tf, TFloat64.class, Shape.of(2), 1, 2),
                    Krylov.of(KrylovMethod.GMRES));
            for (Sparse<TFloat64> sparse : List.of(constants, tensors)) {
                Values data = sparse.data(tf, TFloat64.class);
                assertThat(data.operands().stream()
                                .map(operand -> operand.asOutput().dataType()))
                        .doesNotContain(DataType.DT_INT32);
            }
        }
    }
}
