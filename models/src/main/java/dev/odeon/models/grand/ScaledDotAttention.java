package dev.odeon.models.grand;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.layers.DenseLayer;
import dev.odeon.graph.layers.SegmentNormalisation;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Multi-head attention along the edges of a graph: a_ij from the scaled products of a query of node i and a key of j.
 *
 * <p>Head h scores an edge by q_ih . k_jh / sqrt(width / heads) with q = u Q + b and k = u K + c; the scores are
 * normalised over the edges of a node, head by head. Source: Chamberlain and others, GRAND: Graph Neural Diffusion, 2021;
 * Vaswani and others, Attention Is All You Need, 2017.
 *
 * @param width of queries and keys, all heads together; a multiple of {@code heads}
 * @param heads number of heads
 * @param normalisation of the scores
 * @param sumsToOne over which edges
 */
public record ScaledDotAttention(int width, int heads, SegmentNormalisation normalisation, SumsToOne sumsToOne) {

    private static final DenseLayer QUERY = new DenseLayer("attention/query");
    private static final DenseLayer KEY = new DenseLayer("attention/key");
    /** All weights start alike and almost zero, so that the first attention is that of equals. */
    private static final double FIRST_WEIGHT = 1e-5;

    public ScaledDotAttention {
        Objects.requireNonNull(normalisation, "normalisation");
        Objects.requireNonNull(sumsToOne, "sumsToOne");
        if (heads < 1 || width < 1 || width % heads != 0) {
            throw new IllegalArgumentException("The attention has width " + width + " and " + heads
                    + " heads: give a positive width that is a multiple of the number of heads");
        }
    }

    /** Declares the parameters {@code attention/query/*} and {@code attention/key/*} for states of a width. */
    public <T extends TFloating> void declare(Parameters parameters, Class<T> type, int stateWidth) {
        Initializer kernel = Initializer.constant(FIRST_WEIGHT);
        Initializer bias = Initializer.uniform(1 / Math.sqrt(stateWidth));
        DenseLayer.declare(parameters, QUERY.name(), type, stateWidth, width, kernel, bias);
        DenseLayer.declare(parameters, KEY.name(), type, stateWidth, width, kernel, bias);
    }

    /**
     * Adds the attention of each head.
     *
     * @param u [nodes, state width]
     * @param parameters as declared
     * @return [edges, heads]
     */
    public <T extends TFloating> Operand<T> heads(Ops tf, Operand<T> u, EdgeList edges, Values parameters) {
        Operand<T> query = QUERY.apply(tf, u, parameters);
        Operand<T> key = KEY.apply(tf, u, parameters);
        Operand<T> products = tf.math.mul(
                tf.gather(query, edges.source(), tf.constant(0)), tf.gather(key, edges.target(), tf.constant(0)));
        int each = width / heads;
        Operand<T> byHead = tf.reshape(products, tf.constant(new int[] {-1, heads, each}));
        Operand<T> scores =
                tf.math.mul(tf.reduceSum(byHead, tf.constant(2)), Floats.scalar(tf, u.type(), 1 / Math.sqrt(each)));
        return normalisation.apply(tf, scores, edges.groups(sumsToOne), edges.nodes());
    }

    /**
     * Adds the mean over the heads.
     *
     * @param u [nodes, state width]
     * @return [edges]
     */
    public <T extends TFloating> Operand<T> mean(Ops tf, Operand<T> u, EdgeList edges, Values parameters) {
        return tf.math.mean(heads(tf, u, edges, parameters), tf.constant(1));
    }
}
