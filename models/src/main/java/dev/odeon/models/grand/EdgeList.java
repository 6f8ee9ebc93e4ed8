package dev.odeon.models.grand;

import dev.odeon.graph.Values;
import dev.odeon.graph.layers.SegmentReductions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * The edges of a graph as tensors: row and column of each element of a sparse matrix over the nodes.
 *
 * <p>Numbers of 64 bits: TensorFlow keeps those of 32 in the memory of the host, from which a GPU would copy them every time.
 *
 * @param source node each edge leaves, the row, [edges]
 * @param target node each edge reaches, the column, [edges]
 * @param nodes number of nodes
 */
public record EdgeList(Operand<TInt64> source, Operand<TInt64> target, int nodes) {

    /** The name of the sources among the data of a model. */
    static final String SOURCE = "edges/source";

    /** The name of the targets. */
    static final String TARGET = "edges/target";

    /** The edges among the data of a model, or among what a vector field reads. */
    static EdgeList of(Values values, int nodes) {
        return new EdgeList(values.get(SOURCE, TInt64.class), values.get(TARGET, TInt64.class), nodes);
    }

    /** The edges under the names a vector field reads them by. */
    Values values() {
        return Values.empty().withConstant(SOURCE, source).withConstant(TARGET, target);
    }

    /** The numbers by which edges are grouped. */
    Operand<TInt64> groups(SumsToOne sumsToOne) {
        return switch (sumsToOne) {
            case LEAVING_A_NODE -> source;
            case REACHING_A_NODE -> target;
        };
    }

    /**
     * Adds the product A u: row i is the sum of a_ij u_j over the edges from i to j.
     *
     * @param weights a_ij of each edge, [edges]
     * @param u [nodes, width]
     * @return [nodes, width]; zero for nodes that no edge leaves
     */
    public <T extends TFloating> Operand<T> times(Ops tf, Operand<T> weights, Operand<T> u) {
        Operand<T> reached = tf.gather(u, target, tf.constant(0));
        Operand<T> weighted = tf.math.mul(reached, tf.expandDims(weights, tf.constant(1)));
        return SegmentReductions.sum(tf, weighted, source, nodes);
    }
}
