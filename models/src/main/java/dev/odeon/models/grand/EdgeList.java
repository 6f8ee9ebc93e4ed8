package dev.odeon.models.grand;

import dev.odeon.graph.Values;
import dev.odeon.graph.layers.SparseRows;
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
 * @param places both side by side, [edges, 2]
 * @param nodes number of nodes
 */
public record EdgeList(Operand<TInt64> source, Operand<TInt64> target, Operand<TInt64> places, int nodes) {

    /** The name of the sources among the data of a model. */
    static final String SOURCE = "edges/source";

    /** The name of the targets. */
    static final String TARGET = "edges/target";

    /** The name of both side by side, among what a vector field reads. */
    private static final String PLACES = "edges/places";

    /** From the nodes that edges leave and reach. */
    public static EdgeList of(Ops tf, Operand<TInt64> source, Operand<TInt64> target, int nodes) {
        return new EdgeList(source, target, SparseRows.places(tf, source, target), nodes);
    }

    /** The edges among the data of a model. */
    static EdgeList of(Ops tf, Values data, int nodes) {
        return of(tf, data.get(SOURCE, TInt64.class), data.get(TARGET, TInt64.class), nodes);
    }

    /** The edges among what a vector field reads. */
    static EdgeList readFrom(Values theta, int nodes) {
        return new EdgeList(
                theta.get(SOURCE, TInt64.class),
                theta.get(TARGET, TInt64.class),
                theta.get(PLACES, TInt64.class),
                nodes);
    }

    /** The edges under the names a vector field reads them by. */
    Values values() {
        return Values.empty()
                .withConstant(SOURCE, source)
                .withConstant(TARGET, target)
                .withConstant(PLACES, places);
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
        return new SparseRows<>(places, source, target, weights, nodes).times(tf, u);
    }
}
