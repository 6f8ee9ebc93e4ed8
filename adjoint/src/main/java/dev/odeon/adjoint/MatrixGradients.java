package dev.odeon.adjoint;

import dev.odeon.graph.CustomGradients;
import java.util.Arrays;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.linalg.TriangularSolve;
import org.tensorflow.types.family.TFloating;

/** Gradients of matrix operations that TensorFlow's graph interface lacks; needed to backpropagate through factors. */
final class MatrixGradients {

    private MatrixGradients() {}

    /** Registers them once per process. */
    static void register() {
        CustomGradients.register(
                "MatrixInverse",
                (tf, node, upstream) ->
                        Arrays.asList(inverse(tf, floating(node.output(0)), floating(upstream.get(0)))));
        CustomGradients.register(
                "MatrixTriangularSolve",
                (tf, node, upstream) -> triangular(tf, node, floating(node.output(0)), floating(upstream.get(0))));
    }

    /** With Y the inverse of A: dA = -Y^T dY Y^T. */
    private static Operand<?> inverse(Ops tf, Operand<TFloating> y, Operand<TFloating> upstream) {
        Operand<TFloating> left = tf.linalg.matMul(y, upstream, MatMul.transposeA(true));
        return tf.math.neg(tf.linalg.matMul(left, y, MatMul.transposeB(true)));
    }

    /** With X = A^-1 B: dB = A^-T dX, dA = -dB X^T within the triangle that is read. */
    private static java.util.List<Operand<?>> triangular(
            Ops tf, GraphOperation node, Operand<TFloating> x, Operand<TFloating> upstream) {
        boolean lower = node.attributes().getAttrBool("lower");
        boolean adjoint = node.attributes().getAttrBool("adjoint");
        Operand<TFloating> right = tf.linalg.triangularSolve(
                floating(node.input(0)), upstream, TriangularSolve.lower(lower), TriangularSolve.adjoint(!adjoint));
        Operand<TFloating> full = adjoint
                ? tf.linalg.matMul(x, right, MatMul.transposeB(true))
                : tf.linalg.matMul(right, x, MatMul.transposeB(true));
        Operand<TFloating> triangle = lower
                ? tf.linalg.bandPart(full, tf.constant(-1), tf.constant(0))
                : tf.linalg.bandPart(full, tf.constant(0), tf.constant(-1));
        return Arrays.asList(tf.math.neg(triangle), right);
    }

    @SuppressWarnings("unchecked") // matrix operations have floating-point operands
    private static Operand<TFloating> floating(Operand<?> operand) {
        return (Operand<TFloating>) operand;
    }
}
