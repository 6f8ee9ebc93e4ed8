package dev.odeon.datasets.graphs;

/**
 * How the weights of edges are scaled, for A[source, target] = weight and degrees that are sums of weights.
 *
 * <p>Add self-loops before, if the model wants them: the degrees count them.
 */
public enum EdgeNormalisation {
    /** D^-1 A: the edges that leave a node sum to 1. */
    ROW,
    /** A D^-1: the edges that enter a node sum to 1. */
    COLUMN,
    /**
     * D_out^-1/2 A D_in^-1/2; for symmetric graphs D^-1/2 A D^-1/2.
     *
     * <p>Source: T. Kipf, M. Welling, Semi-supervised classification with graph convolutional networks, 2017.
     */
    SYMMETRIC;

    Edges apply(Edges edges, int nodes) {
        double[] leaving = new double[nodes];
        double[] entering = new double[nodes];
        for (int i = 0; i < edges.count(); i++) {
            leaving[edges.source()[i]] += edges.weight()[i];
            entering[edges.target()[i]] += edges.weight()[i];
        }
        float[] weight = new float[edges.count()];
        for (int i = 0; i < weight.length; i++) {
            double out = leaving[edges.source()[i]];
            double in = entering[edges.target()[i]];
            double degree = switch (this) {
                case ROW -> out;
                case COLUMN -> in;
                case SYMMETRIC -> Math.sqrt(out) * Math.sqrt(in);
            };
            weight[i] = (float) (edges.weight()[i] / degree);
        }
        return new Edges(edges.source(), edges.target(), weight);
    }
}
