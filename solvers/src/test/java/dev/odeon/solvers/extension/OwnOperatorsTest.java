package dev.odeon.solvers.extension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.Diagonal;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.linear.SampleScaled;
import dev.odeon.solvers.linear.Scaled;
import dev.odeon.solvers.linear.Sum;
import dev.odeon.solvers.linear.krylov.Krylov;
import dev.odeon.solvers.linear.krylov.KrylovMethod;
import dev.odeon.solvers.linear.report.CheckedSolution;
import dev.odeon.solvers.linear.report.FailureKnown;
import dev.odeon.solvers.linear.report.SolveFailure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** Operators from outside the library are asked what they can do like its own. */
class OwnOperatorsTest {

    private static final int POINTS = 4;

    private static RingDiffusion<TFloat64> ring(Ops tf) {
        return new RingDiffusion<>(POINTS, tf.constant(0.9), Krylov.of(KrylovMethod.CG));
    }

    private static DampedRotations<TFloat64> rotations(Ops tf) {
        return new DampedRotations<>(POINTS / 2, tf.constant(0.6), tf.constant(1.7));
    }

    private static Values factor(Ops tf, LinearOperator<TFloat64> operator) {
        return operator.factor(tf, TFloat64.class, operator.data(tf, TFloat64.class), 0.3);
    }

    @Test
    void aSumPreconditionsByWhatSolvesDirectlyWhateverItsClassAndItsWrappers() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            LinearOperator<TFloat64> iterative = Scaled.of(2, Scaled.of(0.5, ring(tf)));
            LinearOperator<TFloat64> direct = Scaled.of(0.5, rotations(tf));
            assertThat(iterative.solvesDirectly()).isFalse();
            assertThat(direct.solvesDirectly()).isTrue();
            Sum<TFloat64> sum = Sum.of(List.of(iterative, direct), Krylov.of(KrylovMethod.GMRES));
            assertThat(sum.solvesDirectly()).isFalse();
            assertThat(factor(tf, sum).names())
                    .anyMatch(name -> name.startsWith("factor of part 1/"))
                    .noneMatch(name -> name.startsWith("factor of part 0/"));
        }
    }

    @Test
    void aMultipleForEachSamplePassesOnWhenAFailureIsKnown() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values scale = Values.of(SampleScaled.SCALE, tf.constant(new double[][] {{1}, {2}}));
            LinearOperator<TFloat64> own = SampleScaled.of(scale, new SlowDiagonal(Diagonal.of(-1, -2, -3, -4)));
            assertThat(own.failureKnown()).isEqualTo(FailureKnown.BY_SOLVE);
            assertThat(own.solvesDirectly()).isFalse();
            Operand<TFloat64> rhs = tf.constant(new double[][] {{1, 1, 1, 1}, {1, 1, 1, 1}});
            CheckedSolution<TFloat64> checked = own.solveChecked(tf, factor(tf, own), rhs);
            assertThat(graph.evaluateInt(checked.failure())).isEqualTo(SolveFailure.NOT_CONVERGED.code());
        }
    }

    @Test
    void aSingularSystemShowsInTheFactor() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            DampedRotations<TFloat64> growing = new DampedRotations<>(2, tf.constant(-2.0), tf.constant(0.0));
            Values factor = growing.factor(tf, TFloat64.class, growing.data(tf, TFloat64.class), 0.5);
            assertThat(graph.evaluateInt(factor.get(LinearOperator.FAILURE, TInt32.class)))
                    .isEqualTo(SolveFailure.SINGULAR.code());
        }
    }

    /** A diagonal whose solves say that they did not end. */
    private record SlowDiagonal(LinearOperator<TFloat64> operator) implements LinearOperator<TFloat64> {

        @Override
        public Values data(Ops tf, Class<TFloat64> type) {
            return operator.data(tf, type);
        }

        @Override
        public Operand<TFloat64> apply(Ops tf, Values data, Operand<TFloat64> u) {
            return operator.apply(tf, data, u);
        }

        @Override
        public Operand<TFloat64> applyTransposed(Ops tf, Values data, Operand<TFloat64> u) {
            return operator.applyTransposed(tf, data, u);
        }

        @Override
        public Values factor(Ops tf, Class<TFloat64> type, Values data, Operand<TFloat64> alpha) {
            return operator.factor(tf, type, data, alpha);
        }

        @Override
        public Operand<TFloat64> solve(Ops tf, Values factor, Operand<TFloat64> rhs) {
            return operator.solve(tf, factor, rhs);
        }

        @Override
        public Operand<TFloat64> solveTransposed(Ops tf, Values factor, Operand<TFloat64> rhs) {
            return operator.solveTransposed(tf, factor, rhs);
        }

        @Override
        public CheckedSolution<TFloat64> solveChecked(Ops tf, Values factor, Operand<TFloat64> rhs) {
            return new CheckedSolution<>(solve(tf, factor, rhs), tf.constant(SolveFailure.NOT_CONVERGED.code()));
        }

        @Override
        public FailureKnown failureKnown() {
            return FailureKnown.BY_SOLVE;
        }

        @Override
        public Optional<LinearOperator<TFloat64>> solvedBySample() {
            return Optional.of(this);
        }
    }
}
