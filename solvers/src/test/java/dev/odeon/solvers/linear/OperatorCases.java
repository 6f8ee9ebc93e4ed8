package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.extension.DampedRotations;
import dev.odeon.solvers.extension.RingDiffusion;
import dev.odeon.solvers.linear.Runs.Named;
import dev.odeon.solvers.linear.Runs.Numbers;
import dev.odeon.solvers.linear.krylov.Krylov;
import dev.odeon.solvers.linear.krylov.KrylovMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Every operator, with constant and with differentiable data, and the full matrix each stands for. */
final class OperatorCases {

    /** Direct solves of well-conditioned systems end at rounding. */
    private static final double DIRECT = 100;
    /** Krylov solves end at a tolerance of 1e-10, which is about 500,000 roundings in float64. */
    private static final double ITERATIVE = 5e6;

    private static final int SMALL = 9;
    private static final int LONG = 150;
    private static final int RING = 300;
    private static final int PAIRS = 4;
    private static final double SCALE = 1.4;
    private static final double[] PAIR = {-0.3, 1.2, -0.7, -1.9};

    private static final double[] DIAGONAL = random(SMALL, -3, -0.5, 1);
    private static final double[] LOWER = random(SMALL - 1, -0.7, 0.9, 2);
    private static final double[] UPPER = random(SMALL - 1, -0.8, 0.6, 3);
    private static final double[] MAIN = random(SMALL, -3, -1.5, 4);
    private static final double[] STENCIL = {0.1, -0.4, 0.9, -1.7, 1.3, -0.1, -0.1};
    private static final double[][] BANDS = {
        random(LONG, -0.5, 0.5, 5), random(LONG, -0.5, 0.5, 6), random(LONG, -4, -2, 7), random(LONG, -0.5, 0.9, 8)
    };
    private static final double[][] FULL = full();
    private static final int[] EDGE_ROWS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 2, 5, 7, 8, 8, 3};
    private static final int[] EDGE_COLUMNS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 3, 0, 7, 8, 4, 1, 0, 0, 6};
    private static final double[] WEIGHTS = weights();
    private static final double[][] LX = laplacian(4, 1.3);
    private static final double[][] LY = laplacian(5, 0.8);

    private OperatorCases() {}

    static List<OperatorCase> all() {
        Map<String, Numbers> none = Map.of();
        return List.of(
                new OperatorCase("scaled identity", OperatorCases::identity, none, x -> scaled(-1.4), DIRECT),
                new OperatorCase(
                        "scaled identity, trained",
                        OperatorCases::trainedIdentity,
                        Map.of("coefficient", new Numbers(new double[] {-0.8})),
                        x -> scaled(x.get("coefficient")[0]),
                        DIRECT),
                new OperatorCase("diagonal", OperatorCases::diagonal, none, x -> diagonal(DIAGONAL), DIRECT),
                new OperatorCase(
                        "diagonal, trained",
                        OperatorCases::trainedDiagonal,
                        Map.of("entries", new Numbers(DIAGONAL, SMALL)),
                        x -> diagonal(x.get("entries")),
                        DIRECT),
                new OperatorCase("pair block", OperatorCases::pair, none, x -> pair(PAIR), DIRECT),
                new OperatorCase(
                        "pair block, trained",
                        OperatorCases::trainedPair,
                        Map.of("block", new Numbers(PAIR, 2, 2)),
                        x -> pair(x.get("block")),
                        DIRECT),
                new OperatorCase("circulant", OperatorCases::ring, none, x -> circulant(SMALL), DIRECT),
                new OperatorCase("circulant, FFT", OperatorCases::fourierRing, none, x -> circulant(SMALL), DIRECT),
                new OperatorCase("circulant, long", OperatorCases::longRing, none, x -> circulant(RING), DIRECT),
                new OperatorCase("dense, LU", OperatorCases::lu, none, x -> FULL, DIRECT),
                new OperatorCase("dense, inverse", OperatorCases::inverse, none, x -> FULL, DIRECT),
                trainedDense("dense, LU, trained", OperatorCases::trainedLu),
                trainedDense("dense, inverse, trained", OperatorCases::trainedInverse),
                new OperatorCase(
                        "tridiagonal", OperatorCases::tridiagonal, none, x -> tridiagonal(LOWER, MAIN, UPPER), DIRECT),
                trainedTridiagonal("tridiagonal, trained", OperatorCases::trainedTridiagonal, 1),
                trainedTridiagonal("scaled tridiagonal, trained", OperatorCases::scaledTridiagonal, -0.4),
                new OperatorCase("banded", OperatorCases::banded, none, x -> banded(BANDS, 2), DIRECT),
                new OperatorCase(
                        "banded, one sided", OperatorCases::oneSided, none, x -> banded(oneSidedBands(), 1), DIRECT),
                new OperatorCase(
                        "banded, trained",
                        OperatorCases::trainedBanded,
                        Map.of("bands", new Numbers(flat(BANDS), 4, LONG)),
                        x -> banded(rows(x.get("bands"), 4), 2),
                        DIRECT),
                new OperatorCase("sparse, CG", OperatorCases::symmetricSparse, none, x -> LX, ITERATIVE),
                new OperatorCase("sparse, BiCGSTAB", OperatorCases::sparse, none, x -> sparse(WEIGHTS), ITERATIVE),
                new OperatorCase(
                        "sparse, GMRES, trained",
                        OperatorCases::trainedSparse,
                        Map.of("weights", new Numbers(WEIGHTS, WEIGHTS.length)),
                        x -> sparse(x.get("weights")),
                        ITERATIVE),
                new OperatorCase(
                        "matrix-free, GMRES restarted, trained",
                        OperatorCases::matrixFree,
                        Map.of("m", new Numbers(flat(FULL), SMALL, SMALL)),
                        x -> rows(x.get("m"), SMALL),
                        ITERATIVE),
                new OperatorCase(
                        "sum of direct parts",
                        OperatorCases::directSum,
                        none,
                        x -> sum(circulant(SMALL), diagonal(DIAGONAL)),
                        ITERATIVE),
                new OperatorCase(
                        "sum with a sparse part, trained",
                        OperatorCases::trainedSum,
                        Map.of(
                                "part 0/entries", new Numbers(DIAGONAL, SMALL),
                                "part 1/weights", new Numbers(WEIGHTS, WEIGHTS.length)),
                        x -> sum(diagonal(x.get("part 0/entries")), sparse(x.get("part 1/weights"))),
                        ITERATIVE),
                new OperatorCase("Kronecker sum", OperatorCases::kronecker, none, x -> kronecker(1, 1), DIRECT),
                new OperatorCase(
                        "Kronecker sum, trained",
                        OperatorCases::trainedKronecker,
                        Map.of("a", new Numbers(new double[] {0.7}), "b", new Numbers(new double[] {1.9})),
                        x -> kronecker(x.get("a")[0], x.get("b")[0]),
                        DIRECT),
                new OperatorCase(
                        "a user's direct operator",
                        OperatorCases::rotations,
                        Map.of(
                                "damping", new Numbers(new double[] {0.6}),
                                "frequency", new Numbers(new double[] {1.7})),
                        x -> rotations(x.get("damping")[0], x.get("frequency")[0]),
                        DIRECT),
                new OperatorCase(
                        "a user's iterative operator, scaled",
                        OperatorCases::scaledRing,
                        Map.of("rate", new Numbers(new double[] {0.9})),
                        x -> times(SCALE, ringDiffusion(x.get("rate")[0])),
                        ITERATIVE));
    }

    private static <T extends TFloating> LinearOperator<T> pair(Ops tf, Class<T> type, Values trained) {
        return PairBlock.of(rows(PAIR, 2));
    }

    private static <T extends TFloating> LinearOperator<T> trainedPair(Ops tf, Class<T> type, Values trained) {
        return PairBlock.of(trained.get("block", type));
    }

    private static double[][] pair(double[] block) {
        double[][] matrix = new double[2 * PAIRS][2 * PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            matrix[i][i] = block[0];
            matrix[i][PAIRS + i] = block[1];
            matrix[PAIRS + i][i] = block[2];
            matrix[PAIRS + i][PAIRS + i] = block[3];
        }
        return matrix;
    }

    private static <T extends TFloating> LinearOperator<T> rotations(Ops tf, Class<T> type, Values trained) {
        return new DampedRotations<>(PAIRS, trained.get("damping", type), trained.get("frequency", type));
    }

    private static double[][] rotations(double damping, double frequency) {
        double[][] matrix = new double[2 * PAIRS][2 * PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            matrix[i][i] = -damping;
            matrix[i][PAIRS + i] = -frequency;
            matrix[PAIRS + i][i] = frequency;
            matrix[PAIRS + i][PAIRS + i] = -damping;
        }
        return matrix;
    }

    private static <T extends TFloating> LinearOperator<T> scaledRing(Ops tf, Class<T> type, Values trained) {
        return Scaled.of(SCALE, new RingDiffusion<>(SMALL, trained.get("rate", type), Krylov.of(KrylovMethod.CG)));
    }

    private static double[][] ringDiffusion(double rate) {
        double[][] matrix = new double[SMALL][SMALL];
        for (int i = 0; i < SMALL; i++) {
            matrix[i][i] = -2 * rate;
            matrix[i][(i + 1) % SMALL] = rate;
            matrix[i][(i + SMALL - 1) % SMALL] = rate;
        }
        return matrix;
    }

    private static OperatorCase trainedDense(String name, OperatorCase.Maker maker) {
        return new OperatorCase(
                name,
                maker,
                Map.of("matrix", new Numbers(flat(FULL), SMALL, SMALL)),
                x -> rows(x.get("matrix"), SMALL),
                DIRECT);
    }

    private static OperatorCase trainedTridiagonal(String name, OperatorCase.Maker maker, double scale) {
        Function<Named, double[][]> dense =
                x -> times(scale, tridiagonal(x.get("lower"), x.get("main"), x.get("upper")));
        Map<String, Numbers> trained = Map.of(
                "lower", new Numbers(LOWER, SMALL - 1),
                "main", new Numbers(times(Math.signum(scale), MAIN), SMALL),
                "upper", new Numbers(UPPER, SMALL - 1));
        return new OperatorCase(name, maker, trained, dense, DIRECT);
    }

    // The operators.

    static <T extends TFloating> LinearOperator<T> identity(Ops tf, Class<T> type, Values trained) {
        return ScaledIdentity.of(-1.4);
    }

    static <T extends TFloating> LinearOperator<T> trainedIdentity(Ops tf, Class<T> type, Values trained) {
        return ScaledIdentity.of(trained.get("coefficient", type));
    }

    static <T extends TFloating> LinearOperator<T> diagonal(Ops tf, Class<T> type, Values trained) {
        return Diagonal.of(DIAGONAL);
    }

    static <T extends TFloating> LinearOperator<T> trainedDiagonal(Ops tf, Class<T> type, Values trained) {
        return Diagonal.of(trained.get("entries", type));
    }

    static <T extends TFloating> LinearOperator<T> ring(Ops tf, Class<T> type, Values trained) {
        return Circulant.stencil(SMALL, STENCIL);
    }

    static <T extends TFloating> LinearOperator<T> fourierRing(Ops tf, Class<T> type, Values trained) {
        return Circulant.<T>stencil(SMALL, STENCIL).solvedBy(CirculantSolve.FFT);
    }

    static <T extends TFloating> LinearOperator<T> longRing(Ops tf, Class<T> type, Values trained) {
        return Circulant.stencil(RING, STENCIL);
    }

    static <T extends TFloating> LinearOperator<T> lu(Ops tf, Class<T> type, Values trained) {
        return Dense.of(FULL, DenseSolve.LU);
    }

    static <T extends TFloating> LinearOperator<T> inverse(Ops tf, Class<T> type, Values trained) {
        return Dense.of(FULL, DenseSolve.INVERSE);
    }

    static <T extends TFloating> LinearOperator<T> trainedLu(Ops tf, Class<T> type, Values trained) {
        return Dense.of(trained.get("matrix", type), DenseSolve.LU);
    }

    static <T extends TFloating> LinearOperator<T> trainedInverse(Ops tf, Class<T> type, Values trained) {
        return Dense.of(trained.get("matrix", type), DenseSolve.INVERSE);
    }

    static <T extends TFloating> LinearOperator<T> tridiagonal(Ops tf, Class<T> type, Values trained) {
        return Tridiagonal.of(LOWER, MAIN, UPPER);
    }

    static <T extends TFloating> LinearOperator<T> trainedTridiagonal(Ops tf, Class<T> type, Values trained) {
        return Tridiagonal.of(trained.get("lower", type), trained.get("main", type), trained.get("upper", type));
    }

    static <T extends TFloating> LinearOperator<T> scaledTridiagonal(Ops tf, Class<T> type, Values trained) {
        return Scaled.of(-0.4, trainedTridiagonal(tf, type, trained));
    }

    static <T extends TFloating> LinearOperator<T> banded(Ops tf, Class<T> type, Values trained) {
        return Banded.of(2, BANDS);
    }

    static <T extends TFloating> LinearOperator<T> oneSided(Ops tf, Class<T> type, Values trained) {
        return Banded.of(1, oneSidedBands());
    }

    static <T extends TFloating> LinearOperator<T> trainedBanded(Ops tf, Class<T> type, Values trained) {
        return Banded.of(2, trained.get("bands", type));
    }

    static <T extends TFloating> LinearOperator<T> symmetricSparse(Ops tf, Class<T> type, Values trained) {
        int d = LX.length;
        int[] offsets = new int[d + 1];
        int[] columns = new int[3 * d - 2];
        double[] weights = new double[columns.length];
        int e = 0;
        for (int i = 0; i < d; i++) {
            for (int j = Math.max(0, i - 1); j <= Math.min(d - 1, i + 1); j++) {
                columns[e] = j;
                weights[e++] = LX[i][j];
            }
            offsets[i + 1] = e;
        }
        return Sparse.compressed(offsets, columns, weights, Krylov.of(KrylovMethod.CG));
    }

    static <T extends TFloating> LinearOperator<T> sparse(Ops tf, Class<T> type, Values trained) {
        return Sparse.of(SMALL, EDGE_ROWS, EDGE_COLUMNS, WEIGHTS, Krylov.of(KrylovMethod.BICGSTAB));
    }

    static <T extends TFloating> LinearOperator<T> trainedSparse(Ops tf, Class<T> type, Values trained) {
        Operand<TInt32> rows = tf.constant(EDGE_ROWS);
        return Sparse.of(
                SMALL, rows, tf.constant(EDGE_COLUMNS), trained.get("weights", type), Krylov.of(KrylovMethod.GMRES));
    }

    static <T extends TFloating> LinearOperator<T> matrixFree(Ops tf, Class<T> type, Values trained) {
        return MatrixFree.<T>of(
                        Values.of("m", trained.get("m")),
                        (inner, data, u) -> Matrices.times(inner, data.get("m", type), u),
                        (inner, data, u) -> Matrices.transposedTimes(inner, data.get("m", type), u),
                        Krylov.of(KrylovMethod.GMRES).withRestart(5))
                .withDiagonal((inner, data) -> inner.linalg.matrixDiagPart(
                        data.get("m", type), inner.constant(0), Floats.scalar(inner, type, 0)));
    }

    static <T extends TFloating> LinearOperator<T> directSum(Ops tf, Class<T> type, Values trained) {
        return Sum.of(
                List.of(OperatorCases.<T>ring(tf, type, trained), diagonal(tf, type, trained)),
                Krylov.of(KrylovMethod.BICGSTAB));
    }

    static <T extends TFloating> LinearOperator<T> trainedSum(Ops tf, Class<T> type, Values trained) {
        return Sum.of(
                List.of(
                        trainedDiagonal(tf, type, trained.under("part 0/")),
                        trainedSparse(tf, type, trained.under("part 1/"))),
                Krylov.of(KrylovMethod.GMRES));
    }

    static <T extends TFloating> LinearOperator<T> kronecker(Ops tf, Class<T> type, Values trained) {
        return KroneckerSum.of(LX, LY);
    }

    static <T extends TFloating> LinearOperator<T> trainedKronecker(Ops tf, Class<T> type, Values trained) {
        return KroneckerSum.of(LX, LY, trained.get("a", type), trained.get("b", type));
    }

    // The same as full matrices.

    private static double[][] scaled(double c) {
        return diagonal(DoubleStream.generate(() -> c).limit(SMALL).toArray());
    }

    private static double[][] diagonal(double[] entries) {
        double[][] matrix = new double[entries.length][entries.length];
        for (int i = 0; i < entries.length; i++) {
            matrix[i][i] = entries[i];
        }
        return matrix;
    }

    private static double[][] circulant(int d) {
        double[][] matrix = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < STENCIL.length; k++) {
                matrix[i][Math.floorMod(i + k - STENCIL.length / 2, d)] += STENCIL[k];
            }
        }
        return matrix;
    }

    private static double[][] tridiagonal(double[] lower, double[] main, double[] upper) {
        double[][] matrix = diagonal(main);
        for (int i = 0; i < lower.length; i++) {
            matrix[i + 1][i] = lower[i];
            matrix[i][i + 1] = upper[i];
        }
        return matrix;
    }

    private static double[][] oneSidedBands() {
        return new double[][] {random(70, -0.9, 0.9, 11), random(70, -3, -1, 12)};
    }

    private static double[][] banded(double[][] bands, int lower) {
        int d = bands[0].length;
        double[][] matrix = new double[d][d];
        for (int k = 0; k < bands.length; k++) {
            for (int i = 0; i < d; i++) {
                int j = i + k - lower;
                if (j >= 0 && j < d) {
                    matrix[i][j] = bands[k][i];
                }
            }
        }
        return matrix;
    }

    private static double[][] sparse(double[] weights) {
        double[][] matrix = new double[SMALL][SMALL];
        for (int e = 0; e < weights.length; e++) {
            matrix[EDGE_ROWS[e]][EDGE_COLUMNS[e]] += weights[e];
        }
        return matrix;
    }

    private static double[][] kronecker(double a, double b) {
        int nx = LX.length;
        int ny = LY.length;
        double[][] matrix = new double[nx * ny][nx * ny];
        for (int i = 0; i < nx; i++) {
            for (int j = 0; j < ny; j++) {
                for (int k = 0; k < nx; k++) {
                    matrix[i * ny + j][k * ny + j] += a * LX[i][k];
                }
                for (int k = 0; k < ny; k++) {
                    matrix[i * ny + j][i * ny + k] += b * LY[j][k];
                }
            }
        }
        return matrix;
    }

    private static double[][] laplacian(int d, double scale) {
        double[][] matrix = new double[d][d];
        for (int i = 0; i < d; i++) {
            matrix[i][i] = -2 * scale;
            if (i > 0) {
                matrix[i][i - 1] = scale;
                matrix[i - 1][i] = scale;
            }
        }
        return matrix;
    }

    private static double[][] full() {
        double[][] matrix = rows(random(SMALL * SMALL, -0.5, 0.5, 9), SMALL);
        for (int i = 0; i < SMALL; i++) {
            matrix[i][i] -= 2;
        }
        return matrix;
    }

    private static double[] weights() {
        double[] weights = random(EDGE_ROWS.length, -0.6, 0.6, 10);
        for (int e = 0; e < weights.length; e++) {
            weights[e] -= EDGE_ROWS[e] == EDGE_COLUMNS[e] ? 2 : 0;
        }
        return weights;
    }

    private static double[][] sum(double[][] a, double[][] b) {
        double[][] sum = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                sum[i][j] = a[i][j] + b[i][j];
            }
        }
        return sum;
    }

    private static double[][] times(double scale, double[][] matrix) {
        double[][] product = new double[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            product[i] = times(scale, matrix[i]);
        }
        return product;
    }

    private static double[] times(double scale, double[] x) {
        return Arrays.stream(x).map(value -> scale * value).toArray();
    }

    private static double[] flat(double[][] matrix) {
        return Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[][] rows(double[] flat, int count) {
        int width = flat.length / count;
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
        }
        return rows;
    }

    static double[] random(int count, double from, double to, long seed) {
        return new Random(seed).doubles(count, from, to).toArray();
    }
}
