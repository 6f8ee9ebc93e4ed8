package dev.odeon.solvers.linear;

import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * Products with a multiplier in Fourier space, for real rows.
 *
 * <p>TensorFlow Java has no class for complex tensors, so the complex operations are added by name; complex tensors never
 * leave this class.
 */
final class RealFourier {

    private RealFourier() {}

    /**
     * Adds the inverse transform of the multiplier times the transform of every row.
     *
     * @param rows [batch, d]
     * @param real [d / 2 + 1], the multiplier's real part
     * @param imaginary likewise
     */
    static <T extends TFloating> Operand<T> multiplied(
            Ops tf, Operand<T> rows, Operand<T> real, Operand<T> imaginary, int d) {
        DataType element = rows.type().equals(TFloat64.class) ? DataType.DT_DOUBLE : DataType.DT_FLOAT;
        Output<?> length = tf.constant(new int[] {d}).asOutput();
        Output<?> spectrum = transform(tf, rows.asOutput(), length, element);
        Output<?> multiplier = complex(tf, real.asOutput(), imaginary.asOutput(), element);
        return inverse(tf, product(tf, spectrum, multiplier, element), length, element);
    }

    /** The spectrum of real rows. */
    static Output<?> transform(Ops tf, Output<?> rows, Output<?> length, DataType element) {
        return builder(tf, "RFFT", rows, length)
                .setAttr("Treal", element)
                .setAttr("Tcomplex", complex(element))
                .build()
                .output(0);
    }

    /** The real rows of a spectrum. */
    static <V extends TType> Output<V> inverse(Ops tf, Output<?> spectrum, Output<?> length, DataType element) {
        return builder(tf, "IRFFT", spectrum, length)
                .setAttr("Treal", element)
                .setAttr("Tcomplex", complex(element))
                .build()
                .output(0);
    }

    /** A spectrum times real weights. */
    static Output<?> times(Ops tf, Output<?> spectrum, Output<?> weights, DataType element) {
        Output<?> zeros = tf.zerosLike(weights).asOutput();
        return product(tf, spectrum, complex(tf, weights, zeros, element), element);
    }

    private static Output<?> product(Ops tf, Output<?> first, Output<?> second, DataType element) {
        return builder(tf, "Mul", first, second)
                .setAttr("T", complex(element))
                .build()
                .output(0);
    }

    private static Output<?> complex(Ops tf, Output<?> real, Output<?> imaginary, DataType element) {
        return builder(tf, "Complex", real, imaginary)
                .setAttr("T", element)
                .setAttr("Tout", complex(element))
                .build()
                .output(0);
    }

    private static DataType complex(DataType element) {
        return element == DataType.DT_DOUBLE ? DataType.DT_COMPLEX128 : DataType.DT_COMPLEX64;
    }

    private static OperationBuilder builder(Ops tf, String type, Output<?> first, Output<?> second) {
        return tf.scope()
                .env()
                .opBuilder(type, tf.scope().makeOpName(type), tf.scope())
                .addInput(first)
                .addInput(second);
    }
}
