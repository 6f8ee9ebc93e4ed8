package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

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
        boolean wide = rows.type().equals(TFloat64.class);
        DataType element = wide ? DataType.DT_DOUBLE : DataType.DT_FLOAT;
        DataType complex = wide ? DataType.DT_COMPLEX128 : DataType.DT_COMPLEX64;
        Output<?> length = tf.constant(new int[] {d}).asOutput();
        Output<?> spectrum = builder(tf, "RFFT", rows.asOutput(), length)
                .setAttr("Treal", element)
                .setAttr("Tcomplex", complex)
                .build()
                .output(0);
        // TensorFlow's gradient of Complex is one of single precision, that of a cast is right.
        Output<?> unit = builder(
                        tf,
                        "Complex",
                        Floats.scalar(tf, rows.type(), 0).asOutput(),
                        Floats.scalar(tf, rows.type(), 1).asOutput())
                .setAttr("T", element)
                .setAttr("Tout", complex)
                .build()
                .output(0);
        Output<?> turned =
                builder(tf, "Mul", cast(tf, imaginary, complex), unit).build().output(0);
        Output<?> multiplier =
                builder(tf, "AddV2", cast(tf, real, complex), turned).build().output(0);
        Output<?> product = builder(tf, "Mul", spectrum, multiplier).build().output(0);
        return builder(tf, "IRFFT", product, length)
                .setAttr("Treal", element)
                .setAttr("Tcomplex", complex)
                .build()
                .output(0);
    }

    private static Output<?> cast(Ops tf, Operand<?> x, DataType complex) {
        return tf.scope()
                .env()
                .opBuilder("Cast", tf.scope().makeOpName("Cast"), tf.scope())
                .addInput(x.asOutput())
                .setAttr("DstT", complex)
                .build()
                .output(0);
    }

    private static OperationBuilder builder(Ops tf, String type, Output<?> first, Output<?> second) {
        return tf.scope()
                .env()
                .opBuilder(type, tf.scope().makeOpName(type), tf.scope())
                .addInput(first)
                .addInput(second);
    }
}
