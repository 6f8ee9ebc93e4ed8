package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** How the inverse of a circulant matrix, which is circulant too, is applied. */
public enum CirculantSolve {
    /** As a full matrix: one product, d^2 operations for each row. */
    PRODUCT {
        @Override
        <T extends TFloating> Values factor(Ops tf, Class<T> type, Spectrum inverse) {
            return Values.of(INVERSE, Matrices.constant(tf, type, Circulant.matrix(inverse.column())));
        }

        @Override
        <T extends TFloating> Values multiplier(Ops tf, Eigenbasis.Numbers<T> values, int d) {
            double[] first = new double[d];
            first[0] = 1;
            Operand<T> unit = Floats.constant(tf, values.real().type(), Shape.of(1, d), first);
            Operand<T> column = RealFourier.multiplied(tf, unit, values.real(), values.imaginary(), d);
            Operand<TInt32> index = tf.range(tf.constant(0), tf.constant(d), tf.constant(1));
            Operand<TInt32> distance =
                    tf.math.sub(tf.expandDims(index, tf.constant(1)), tf.expandDims(index, tf.constant(0)));
            Operand<T> entries = tf.reshape(column, tf.constant(new int[] {d}));
            return Values.of(INVERSE, tf.gather(entries, tf.math.floorMod(distance, tf.constant(d)), tf.constant(0)));
        }

        @Override
        <T extends TFloating> Operand<T> solve(Ops tf, Values factor, Operand<T> rhs, int d) {
            return Matrices.times(tf, factor.get(INVERSE, rhs.type()), rhs);
        }

        @Override
        <T extends TFloating> Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs, int d) {
            return Matrices.transposedTimes(tf, factor.get(INVERSE, rhs.type()), rhs);
        }
    },
    /** By its eigenvalues: a fast Fourier transform there and back, d log d operations for each row. */
    FFT {
        @Override
        <T extends TFloating> Values factor(Ops tf, Class<T> type, Spectrum inverse) {
            int half = inverse.real().length / 2 + 1;
            double[] imaginary = Arrays.copyOf(inverse.imaginary(), half);
            double[] conjugate = new double[half];
            Arrays.setAll(conjugate, k -> -imaginary[k]);
            Shape shape = Shape.of(half);
            return Values.of(REAL, Floats.constant(tf, type, shape, Arrays.copyOf(inverse.real(), half)))
                    .with(IMAGINARY, Floats.constant(tf, type, shape, imaginary))
                    .with(CONJUGATE, Floats.constant(tf, type, shape, conjugate));
        }

        @Override
        <T extends TFloating> Values multiplier(Ops tf, Eigenbasis.Numbers<T> values, int d) {
            return Values.of(REAL, values.real())
                    .with(IMAGINARY, values.imaginary())
                    .with(CONJUGATE, tf.math.neg(values.imaginary()));
        }

        @Override
        <T extends TFloating> Operand<T> solve(Ops tf, Values factor, Operand<T> rhs, int d) {
            return RealFourier.multiplied(tf, rhs, factor.get(REAL, rhs.type()), factor.get(IMAGINARY, rhs.type()), d);
        }

        @Override
        <T extends TFloating> Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs, int d) {
            return RealFourier.multiplied(tf, rhs, factor.get(REAL, rhs.type()), factor.get(CONJUGATE, rhs.type()), d);
        }
    };

    private static final String INVERSE = "inverse";
    private static final String REAL = "real";
    private static final String IMAGINARY = "imaginary";
    private static final String CONJUGATE = "conjugate";

    /** From this many points on the transforms are faster than the product in both element types. */
    private static final int FFT_FROM = 256;

    /** The faster one for a number of points, as measured for batches of 256 rows. */
    public static CirculantSolve fastest(int points) {
        return points < FFT_FROM ? PRODUCT : FFT;
    }

    /** The factor of I - alpha J from the eigenvalues of J; for {@link #FFT} also with an alpha for every sample. */
    <T extends TFloating> Values factor(Ops tf, Class<T> type, Spectrum spectrum, Operand<T> alphas) {
        int half = spectrum.real().length / 2 + 1;
        Shape shape = Shape.of(half);
        Operand<T> x = tf.math.mul(Floats.constant(tf, type, shape, Arrays.copyOf(spectrum.real(), half)), alphas);
        Operand<T> y = tf.math.mul(Floats.constant(tf, type, shape, Arrays.copyOf(spectrum.imaginary(), half)), alphas);
        // 1 / (1 - x - iy) = (1 - x + iy) / |1 - x - iy|^2
        Operand<T> re = tf.math.sub(Floats.scalar(tf, type, 1), x);
        Operand<T> square = tf.math.add(tf.math.square(re), tf.math.square(y));
        Operand<T> magnitude = tf.math.sqrt(square);
        Operand<T> magnitudes = tf.math.sqrt(tf.math.add(tf.math.square(x), tf.math.square(y)));
        Operand<TBool> singular = Singularity.cancelled(tf, magnitude, magnitudes);
        Operand<T> real = Singularity.poisoned(tf, tf.math.div(re, square), singular);
        Values factor = multiplier(tf, new Eigenbasis.Numbers<>(real, tf.math.div(y, square)), spectrum.real().length);
        return Singularity.flagged(tf, factor, singular);
    }

    /** The factor from the eigenvalues of the inverse. */
    abstract <T extends TFloating> Values factor(Ops tf, Class<T> type, Spectrum inverse);

    /** What {@link #solve} reads to multiply by the matrix with given eigenvalues. */
    abstract <T extends TFloating> Values multiplier(Ops tf, Eigenbasis.Numbers<T> values, int d);

    abstract <T extends TFloating> Operand<T> solve(Ops tf, Values factor, Operand<T> rhs, int d);

    abstract <T extends TFloating> Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs, int d);
}
