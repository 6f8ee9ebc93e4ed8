package dev.odeon.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.op.linalg.Inv;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.linalg.Qr;
import org.tensorflow.op.linalg.TriangularSolve;
import org.tensorflow.op.math.Cumprod;
import org.tensorflow.op.nn.BiasAdd;
import org.tensorflow.op.sparse.SparseTensorDenseMatMul;
import org.tensorflow.types.TFloat64;

/** Gradients of operations to which TensorFlow's graph interface gives none. */
class MissingGradientsTest {

    private static final double[] X = {1.3, 0.4, -0.2, 0.9};
    private static final double[] DIRECTION = {0.7, -1.1, 0.6, 0.9};

    private interface Function extends BiFunction<Ops, Operand<TFloat64>, Operand<TFloat64>> {}

    private static Arguments of(String name, Function function) {
        return Arguments.of(name, function);
    }

    /** Functions of a matrix [2, 2] whose gradients can be differentiated again. */
    static Stream<Arguments> twice() {
        return Stream.of(
                of("MatrixInverse", (tf, x) -> tf.linalg.inv(x)),
                of("MatrixSolve", (tf, x) -> tf.linalg.solve(x, tf.math.square(x))),
                of(
                        "MatrixTriangularSolve, lower",
                        (tf, x) -> tf.linalg.triangularSolve(x, tf.math.square(x), TriangularSolve.lower(true))),
                of(
                        "MatrixTriangularSolve, upper and transposed",
                        (tf, x) -> tf.linalg.triangularSolve(
                                x, tf.math.square(x), TriangularSolve.lower(false), TriangularSolve.adjoint(true))),
                of("Lu", (tf, x) -> tf.linalg.lu(x).lu()),
                of("Qr", (tf, x) -> {
                    Qr<TFloat64> qr = tf.linalg.qr(x);
                    return tf.math.add(tf.linalg.matMul(qr.q(), tf.math.square(qr.r())), tf.math.sin(qr.r()));
                }),
                of("TridiagonalSolve", (tf, x) -> {
                    Operand<TFloat64> above = tf.gather(x, tf.constant(0), tf.constant(0));
                    Operand<TFloat64> below = tf.gather(x, tf.constant(1), tf.constant(0));
                    Operand<TFloat64> main = tf.math.add(above, tf.constant(new double[] {2, 3}));
                    return tf.linalg.tridiagonalSolve(tf.stack(List.of(above, main, below)), tf.math.square(x));
                }),
                of("FFT and IFFT", (tf, x) -> squared(tf, "FFT", "IFFT", x)),
                of("FFT2D and IFFT2D", (tf, x) -> squared(tf, "FFT2D", "IFFT2D", x)),
                of("RFFT and IRFFT of an odd length", (tf, x) -> realSquared(tf, x, 3)),
                of("RFFT and IRFFT of an even length", (tf, x) -> realSquared(tf, x, 4)),
                of("SparseTensorDenseMatMul", (tf, x) -> sparseProduct(tf, x, false, false)),
                of("SparseTensorDenseMatMul, both transposed", (tf, x) -> sparseProduct(tf, x, true, true)),
                of("EnsureShape", (tf, x) -> tf.ensureShape(tf.math.square(x), Shape.of(2, 2))),
                of(
                        "BiasAddGrad",
                        (tf, x) -> tf.math.tanh(tf.nn.biasAdd(x, tf.math.square(tf.reduceSum(x, tf.constant(0)))))),
                of(
                        "UnsortedSegmentSum, of which Gather is the gradient",
                        (tf, x) -> tf.math.unsortedSegmentSum(
                                tf.math.square(x), tf.constant(new int[] {1, 1}), tf.constant(2))),
                of("Gather", (tf, x) -> built(tf, "Gather", tf.math.square(x), tf.constant(new int[] {1, 0, 1}))),
                of(
                        "SegmentMean",
                        (tf, x) -> built(tf, "SegmentMean", tf.math.square(x), tf.constant(new int[] {0, 0}))),
                of("SegmentMax", (tf, x) -> built(tf, "SegmentMax", tf.math.square(x), tf.constant(new int[] {0, 0}))),
                of(
                        "StridedSliceGrad",
                        (tf, x) -> tf.stridedSlice(
                                tf.math.square(x),
                                tf.constant(new int[] {1, 0}),
                                tf.constant(new int[] {2, 2}),
                                tf.constant(new int[] {1, 1}),
                                StridedSlice.shrinkAxisMask(1L))),
                of(
                        "TensorScatterUpdate",
                        (tf, x) -> tf.tensorScatterNdUpdate(
                                tf.math.square(x), tf.constant(new int[][] {{1}}), row(tf, tf.math.sin(x)))),
                of(
                        "TensorScatterAdd",
                        (tf, x) -> tf.tensorScatterNdAdd(
                                tf.math.square(x), tf.constant(new int[][] {{1}}), row(tf, tf.math.sin(x)))),
                of(
                        "MatrixDiag",
                        (tf, x) -> tf.linalg.matrixDiag(
                                tf.math.square(x), tf.constant(0), tf.constant(-1), tf.constant(-1), tf.constant(0.0))),
                of(
                        "MatrixDiagPart",
                        (tf, x) -> tf.linalg.matrixDiagPart(tf.linalg.matMul(x, x), tf.constant(0), tf.constant(0.0))),
                of("MatrixDiag, first version", (tf, x) -> ZeroFilled.matrices(tf, tf.math.square(x))),
                of("MatrixDiagPart, first version", (tf, x) -> ZeroFilled.diagonals(tf, tf.linalg.matMul(x, x))),
                of("Pad", (tf, x) -> tf.math.sin(ZeroFilled.padded(tf, x, new int[][] {{0, 1}, {2, 0}}))),
                of(
                        "MatrixSetDiag",
                        (tf, x) -> tf.linalg.matrixSetDiag(
                                tf.math.square(x), tf.reduceSum(tf.math.square(x), tf.constant(0)), tf.constant(0))),
                of("MatrixDeterminant", (tf, x) -> tf.math.mul(x, tf.linalg.det(x))),
                of(
                        "LogMatrixDeterminant",
                        (tf, x) ->
                                tf.math.mul(x, tf.linalg.logMatrixDeterminant(x).logAbsDeterminant())),
                of("MatrixInverse, transposed", (tf, x) -> tf.linalg.inv(x, Inv.adjoint(true))),
                of("Conv2D", (tf, x) -> convolution(tf, "Conv2D", x, 4)),
                of("DepthwiseConv2dNative", (tf, x) -> convolution(tf, "DepthwiseConv2dNative", x, 4)),
                of("Conv3D", (tf, x) -> convolution(tf, "Conv3D", x, 5)),
                of("AvgPool", (tf, x) -> averages(tf, x)),
                of(
                        "Relu6Grad",
                        (tf, x) -> tf.math.mul(tf.nn.relu6(tf.math.mul(x, tf.constant(5.0))), tf.constant(0.2))),
                of("SeluGrad", (tf, x) -> tf.nn.selu(x)),
                of("SoftsignGrad", (tf, x) -> tf.nn.softsign(x)),
                of("Erfc", (tf, x) -> tf.math.erfc(x)),
                of("Digamma", (tf, x) -> tf.math.lgamma(tf.math.add(tf.math.square(x), tf.constant(1.0)))),
                of("Xlogy", (tf, x) -> tf.math.xlogy(x, squares(tf, x))),
                of("Xlog1py", (tf, x) -> built(tf, "Xlog1py", x, squares(tf, x))),
                of("Xdivy", (tf, x) -> tf.math.xdivy(x, squares(tf, x))),
                of("MulNoNan", (tf, x) -> tf.math.mulNoNan(x, squares(tf, x))),
                of("FloorMod", (tf, x) -> tf.math.floorMod(tf.math.square(x), tf.constant(0.7))),
                of("Prod", (tf, x) -> tf.math.mul(x, tf.prod(x, tf.constant(0)))),
                of("Cumprod", (tf, x) -> tf.math.cumprod(x, tf.constant(1), Cumprod.reverse(true))),
                of(
                        "SparseSoftmaxCrossEntropyWithLogits",
                        (tf, x) -> tf.math.mul(
                                x,
                                tf.expandDims(
                                        tf.nn.sparseSoftmaxCrossEntropyWithLogits(x, tf.constant(new int[] {1, 0}))
                                                .loss(),
                                        tf.constant(1)))),
                of("BiasAdd along the second axis", (tf, x) -> {
                    Operand<TFloat64> image = tf.reshape(x, tf.constant(new int[] {1, 2, 2, 1}));
                    Operand<TFloat64> bias = tf.math.square(tf.reduceSum(x, tf.constant(1)));
                    return tf.math.tanh(tf.nn.biasAdd(image, bias, BiasAdd.dataFormat("NCHW")));
                }),
                of(
                        "operations that are constant piece by piece",
                        (tf, x) -> tf.math.mul(
                                tf.math.square(x),
                                tf.math.add(tf.math.add(tf.math.ceil(x), tf.math.rint(x)), drawn(tf, x)))),
                of("IdentityN", (tf, x) -> identity(tf, tf.math.square(x))),
                of("TanhGrad", (tf, x) -> tf.math.tanh(x)),
                of("SigmoidGrad", (tf, x) -> tf.math.sigmoid(x)),
                of("SoftplusGrad", (tf, x) -> tf.math.softplus(x)),
                of("EluGrad", (tf, x) -> tf.nn.elu(x)),
                of("SqrtGrad", (tf, x) -> tf.math.sqrt(tf.math.add(tf.math.square(x), tf.constant(1.0)))));
    }

    private static Operand<TFloat64> row(Ops tf, Operand<TFloat64> x) {
        return tf.slice(x, tf.constant(new int[] {0, 0}), tf.constant(new int[] {1, 2}));
    }

    /** Of a row, so that it is repeated to meet x. */
    private static Operand<TFloat64> squares(Ops tf, Operand<TFloat64> x) {
        return tf.reduceSum(tf.math.square(x), tf.constant(0));
    }

    private static Operand<TFloat64> drawn(Ops tf, Operand<TFloat64> x) {
        return tf.random.statelessRandomUniform(tf.shape(x), tf.constant(new long[] {1, 2}), TFloat64.class);
    }

    private static Operand<TFloat64> identity(Ops tf, Operand<TFloat64> x) {
        return doubles(tf.identityN(List.of(x)).output().get(0));
    }

    /** Of x, as an image of one channel, with its squares as filter. */
    private static Operand<TFloat64> convolution(Ops tf, String type, Operand<TFloat64> x, int axes) {
        int[] image = new int[axes];
        int[] filter = new int[axes];
        long[] ones = new long[axes];
        for (int i = 0; i < axes; i++) {
            ones[i] = 1;
            image[i] = i == 1 || i == 2 ? 2 : 1;
            filter[i] = i < 2 ? 2 : 1;
        }
        return doubles(tf.scope()
                .env()
                .opBuilder(type, tf.scope().makeOpName(type), tf.scope())
                .addInput(tf.reshape(x, tf.constant(image)).asOutput())
                .addInput(tf.reshape(tf.math.square(x), tf.constant(filter)).asOutput())
                .setAttr("strides", ones)
                .setAttr("padding", "SAME")
                .build()
                .output(0));
    }

    private static Operand<TFloat64> averages(Ops tf, Operand<TFloat64> x) {
        return doubles(tf.scope()
                .env()
                .opBuilder("AvgPool", tf.scope().makeOpName("AvgPool"), tf.scope())
                .addInput(tf.reshape(tf.math.square(x), tf.constant(new int[] {1, 2, 2, 1}))
                        .asOutput())
                .setAttr("ksize", new long[] {1, 1, 2, 1})
                .setAttr("strides", new long[] {1, 1, 1, 1})
                .setAttr("padding", "SAME")
                .build()
                .output(0));
    }

    /** Of a matrix [3, 2] with the squares of x in four places, and x. */
    private static Operand<TFloat64> sparseProduct(Ops tf, Operand<TFloat64> x, boolean adjointA, boolean adjointB) {
        long[][] places = adjointA
                ? new long[][] {{0, 0}, {0, 2}, {1, 0}, {1, 1}}
                : new long[][] {{0, 0}, {0, 1}, {1, 1}, {2, 0}};
        long[] shape = adjointA ? new long[] {2, 3} : new long[] {3, 2};
        return tf.sparse.sparseTensorDenseMatMul(
                tf.constant(places),
                tf.reshape(tf.math.square(x), tf.constant(new int[] {4})),
                tf.constant(shape),
                x,
                SparseTensorDenseMatMul.adjointA(adjointA),
                SparseTensorDenseMatMul.adjointB(adjointB));
    }

    private static Operand<TFloat64> built(Ops tf, String type, Operand<?>... inputs) {
        OperationBuilder builder = tf.scope().env().opBuilder(type, tf.scope().makeOpName(type), tf.scope());
        for (Operand<?> input : inputs) {
            builder.addInput(input.asOutput());
        }
        if (type.equals("RFFT") || type.equals("IRFFT")) {
            builder.setAttr("Treal", org.tensorflow.proto.DataType.DT_DOUBLE)
                    .setAttr("Tcomplex", org.tensorflow.proto.DataType.DT_COMPLEX128);
        }
        return doubles(builder.build().output(0));
    }

    @SuppressWarnings("unchecked") // complex numbers are passed on to other operations alone
    private static Operand<TFloat64> doubles(Operand<?> operand) {
        return (Operand<TFloat64>) operand;
    }

    /** Back from the squared spectrum of the half spectrum of x, and on to real numbers. */
    private static Operand<TFloat64> squared(Ops tf, String there, String back, Operand<TFloat64> x) {
        Operand<?> length = tf.constant(new int[] {2});
        Operand<?> spectrum = built(tf, there, built(tf, "RFFT", x, length));
        Operand<?> result = built(tf, back, built(tf, "Mul", spectrum, spectrum));
        return built(tf, "IRFFT", result, length);
    }

    /** Back from the squared half spectrum of some of the entries of x. */
    private static Operand<TFloat64> realSquared(Ops tf, Operand<TFloat64> x, int length) {
        Operand<?> n = tf.constant(new int[] {length});
        Operand<TFloat64> row = tf.slice(
                tf.reshape(x, tf.constant(new int[] {1, 4})),
                tf.constant(new int[] {0, 0}),
                tf.constant(new int[] {1, length}));
        Operand<?> spectrum = built(tf, "RFFT", row, n);
        return built(tf, "IRFFT", built(tf, "Mul", spectrum, spectrum), n);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("twice")
    void theyAndTheirOwnGradientsAreThoseOfFiniteDifferences(String name, Function function) {
        require(function, Order.TWO);
    }

    @Test
    void theGradientOfCholeskyIsThatOfFiniteDifferences() {
        require(
                (tf, x) -> tf.linalg.cholesky(tf.math.add(
                        tf.linalg.matMul(x, x, MatMul.transposeA(true)), tf.constant(new double[][] {{1, 0}, {0, 1}}))),
                Order.ONE);
    }

    private enum Order {
        ONE,
        TWO
    }

    private static void require(Function function, Order order) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Shape shape = Shape.of(2, 2);
            Operand<TFloat64> x = tf.placeholderWithDefault(Floats.constant(tf, TFloat64.class, shape, X), shape);
            Operand<TFloat64> loss = sum(tf, function.apply(tf, x));
            Operand<TFloat64> gradient = gradient(tf, loss, x);
            requireDifferences(graph.quickSession(), x, loss, gradient);
            if (order == Order.TWO) {
                Operand<TFloat64> second = sum(tf, gradient);
                Operand<TFloat64> again = gradient(tf, second, x);
                requireDifferences(graph.quickSession(), x, second, again);
            }
        }
    }

    private static Operand<TFloat64> sum(Ops tf, Operand<TFloat64> x) {
        return tf.reduceSum(tf.math.sin(x), tf.range(tf.constant(0), tf.rank(x), tf.constant(1)));
    }

    private static Operand<TFloat64> gradient(Ops tf, Operand<TFloat64> loss, Operand<TFloat64> x) {
        return Gradients.of(tf, loss, Values.of("x", x)).get("x", TFloat64.class);
    }

    private static void requireDifferences(
            Session session, Operand<TFloat64> x, Operand<TFloat64> loss, Operand<TFloat64> gradient) {
        double h = 1e-3;
        double[] at = Arrays.stream(new double[] {h, -h, 2 * h, -2 * h})
                .map(step -> moved(session, x, loss, step))
                .toArray();
        double expected = (8 * (at[0] - at[1]) - (at[2] - at[3])) / (12 * h);
        double[] found = TestGraph.evaluate(session, gradient);
        double along = 0;
        for (int i = 0; i < found.length; i++) {
            along += found[i] * DIRECTION[i];
        }
        assertThat(Math.abs(expected)).isGreaterThan(1e-3);
        assertThat(along).isCloseTo(expected, within(1e-7 * Math.max(1, Math.abs(expected))));
    }

    private static double moved(Session session, Operand<TFloat64> x, Operand<TFloat64> loss, double step) {
        double[] values = X.clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += step * DIRECTION[i];
        }
        try (TFloat64 fed = Floats.tensor(TFloat64.class, Shape.of(2, 2), values);
                Result result = session.runner().feed(x, fed).fetch(loss).run()) {
            return Floats.read(result.get(0))[0];
        }
    }

    @Test
    void operationsThatNobodyCanDifferentiateAreNamed() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> x = tf.constant(1.5);
            Operand<TFloat64> y = tf.math.besselI0e(x);
            assertThatThrownBy(() -> Gradients.of(tf, y, Values.of("x", x)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("The operation BesselI0e has no gradient: ");
            // The graph is as good as before.
            assertThat(graph.evaluate(tf.math.neg(x))).containsExactly(-1.5);
        }
    }

    @Test
    void gradientsOutsideACompiledFunctionAreRefused() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values inputs = Values.of("x", tf.constant(1.5));
            Operand<TFloat64> y = Compilation.XLA
                    .run(tf, "square", inputs, (inner, values) -> {
                        Operand<TFloat64> x = values.get("x", TFloat64.class);
                        Operand<TFloat64> square = inner.math.square(x);
                        return Values.of("y", square)
                                .with("dy", Gradients.of(inner, square, values).get("x"));
                    })
                    .get("y", TFloat64.class);
            assertThatThrownBy(() -> Gradients.of(tf, y, inputs))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("take it inside, in the body of Compilation.run");
            // What the compiled function does not depend on has its gradient.
            Operand<TFloat64> factor = tf.constant(3.0);
            Operand<TFloat64> product = tf.math.mul(factor, y);
            assertThat(graph.evaluate(Gradients.of(tf, product, Values.of("factor", factor))
                            .get("factor")))
                    .containsExactly(2.25);
        }
    }
}
