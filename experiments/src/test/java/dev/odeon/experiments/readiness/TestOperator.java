package dev.odeon.experiments.readiness;

import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.Banded;
import dev.odeon.solvers.linear.Circulant;
import dev.odeon.solvers.linear.CirculantSolve;
import dev.odeon.solvers.linear.Dense;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.linear.Diagonal;
import dev.odeon.solvers.linear.KroneckerSum;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.linear.Sparse;
import dev.odeon.solvers.linear.Sum;
import dev.odeon.solvers.linear.Tridiagonal;
import dev.odeon.solvers.linear.krylov.Krylov;
import dev.odeon.solvers.linear.krylov.KrylovMethod;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** The operators of the zoo: each solved in its own way, trained where that adds operations. */
enum TestOperator {
    IDENTITY(Map.of("j", Shape.scalar())) {
        @Override
        LinearOperator<TFloat64> make(Ops tf, Values trained) {
            return ScaledIdentity.of(trained.get("j", TFloat64.class));
        }
    },
    DIAGONAL(Map.of("j", Shape.of(6))) {
        @Override
        LinearOperator<TFloat64> make(Ops tf, Values trained) {
            return Diagonal.of(trained.get("j", TFloat64.class));
        }
    },
    CONSTANT_DENSE(Map.of()) {
        @Override
        LinearOperator<TFloat64> make(Ops tf, Values trained) {
            return Dense.of(full(), DenseSolve.INVERSE);
        }
    },
    DENSE_INVERSE(Map.of("j", Shape.of(6, 6))) {
        @Override
        LinearOperator<TFloat64> make(Ops tf, Values trained) {
            return Dense.of(trained.get("j", TFloat64.class), DenseSolve.INVERSE);
        }
    },
    DENSE_LU(Map.of("j", Shape.of(6, 6))) {
        @Override
        LinearOperator<TFloat64> make(Ops tf, Values trained) {
            return Dense.of(trained.get("j", TFloat64.class), DenseSolve.LU);
        }
    },
    TRIDIAGONAL(Map.of("lower", Shape.of(5), "main", Shape.of(6), "upper", Shape.of(5))) {
        @Override
        LinearOperator<TFloat64> make(Ops tf, Values trained) {
            return Tridiagonal.of(
                    trained.get("lower", TFloat64.class),
                    trained.get("main", TFloat64.class),
                    trained.get("upper", TFloat64.class));
        }
    },
    BANDED(Map.of("bands", Shape.of(4, 6))) {
        @Override
        LinearOperator<TFloat64> make(Ops tf, Values trained) {
            return Banded.of(2, trained.get("bands", TFloat64.class));
        }
    },
    STENCIL(Map.of()) {
        @Override
        LinearOperator<TFloat64> make(Ops tf, Values trained) {
            return Circulant.stencil(6, 1, -2, 1);
        }
    },
    STENCIL_BY_TRANSFORM(Map.of()) {
        @Override
        LinearOperator<TFloat64> make(Ops tf, Values trained) {
            return Circulant.<TFloat64>stencil(6, 1, -2, 1).solvedBy(CirculantSolve.FFT);
        }
    },
    SPARSE(Map.of("weights", Shape.of(6))) {
        @Override
        LinearOperator<TFloat64> make(Ops tf, Values trained) {
            return Sparse.of(
                    6,
                    tf.constant(new int[] {0, 1, 2, 3, 4, 5}),
                    tf.constant(new int[] {1, 2, 3, 4, 5, 0}),
                    trained.get("weights", TFloat64.class),
                    Krylov.of(KrylovMethod.GMRES));
        }
    },
    SUM(Map.of("j", Shape.of(6))) {
        @Override
        LinearOperator<TFloat64> make(Ops tf, Values trained) {
            return Sum.of(
                    List.of(Diagonal.of(trained.get("j", TFloat64.class)), Circulant.stencil(6, 1, -2, 1)),
                    Krylov.of(KrylovMethod.BICGSTAB));
        }
    },
    KRONECKER_SUM(Map.of()) {
        @Override
        LinearOperator<TFloat64> make(Ops tf, Values trained) {
            double[][] ofTwo = {{-2, 1}, {1, -2}};
            double[][] ofThree = {{-2, 1, 0}, {1, -2, 1}, {0, 1, -2}};
            return KroneckerSum.of(ofTwo, ofThree);
        }
    };

    private static final int COMPONENTS = 6;

    @SuppressWarnings("ImmutableEnumChecker") // all are made by Map.of
    private final Map<String, Shape> trained;

    TestOperator(Map<String, Shape> trained) {
        this.trained = trained;
    }

    abstract LinearOperator<TFloat64> make(Ops tf, Values trained);

    /** The parameters it has. */
    Map<String, Shape> trained() {
        return trained;
    }

    int components() {
        return COMPONENTS;
    }

    private static double[][] full() {
        double[][] matrix = new double[COMPONENTS][COMPONENTS];
        for (int i = 0; i < COMPONENTS; i++) {
            matrix[i][i] = -1 - i;
            matrix[i][(i + 1) % COMPONENTS] = 0.5;
        }
        return matrix;
    }
}
