package dev.odeon.datasets.graphs.rewiring;

import dev.odeon.datasets.graphs.EdgeNormalisation;
import dev.odeon.datasets.graphs.Edges;
import dev.odeon.datasets.graphs.GraphData;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Joins every node with those that a random walk with restarts visits most: graph diffusion convolution (GDC) with
 * personalised PageRank.
 *
 * <p>S = alpha (I - (1 - alpha) T)^-1 for T = D^-1/2 (A + I) D^-1/2, of which the largest entries are kept and each column
 * is scaled to sum 1. The graph must be undirected: every edge in both directions, with one weight. S is found source by source, by pushing what is left of the walk until
 * every node's share of it is below the tolerance times its degree; the entries are then too small by the tolerance times
 * sqrt(d_i d_j) at most. Source: J. Gasteiger, S. Weissenberger, S. Guennemann, DiffusionRewiring improves graph learning, 2019;
 * the pushing: R. Andersen, F. Chung, K. Lang, Local graph partitioning using PageRank vectors, 2006. GRAND takes
 * alpha = 0.05 and the 64 largest.
 *
 * @param restart alpha, above 0 and below 1
 * @param tolerance accuracy, positive, for example 1e-6
 * @param keep which entries stay
 */
public record DiffusionRewiring(double restart, double tolerance, Keep keep) {
    /** Which entries of the diffusion matrix stay. */
    public sealed interface Keep {}

    /**
     * The k largest of each column.
     *
     * @param k how many, 1 or more
     */
    public record Largest(int k) implements Keep {
        public Largest {
            if (k < 1) {
                throw new IllegalArgumentException("k = " + k + ": give 1 or more");
            }
        }
    }

    /**
     * Those of a least size.
     *
     * @param least the least entry that stays, positive
     */
    public record Above(double least) implements Keep {
        public Above {
            if (!(least > 0)) {
                throw new IllegalArgumentException("least = " + least + ": give a positive number");
            }
        }
    }

    public DiffusionRewiring {
        if (!(restart > 0 && restart < 1)) {
            throw new IllegalArgumentException("restart = " + restart + ": give a number above 0 and below 1");
        }
        if (!(tolerance > 0) || Double.isInfinite(tolerance)) {
            throw new IllegalArgumentException("tolerance = " + tolerance + ": give a positive number such as 1e-6");
        }
        Objects.requireNonNull(keep, "keep");
    }

    /** {@return the setting of GRAND: restart 0.05, the 64 largest entries} */
    public static DiffusionRewiring grand() {
        return new DiffusionRewiring(0.05, 1e-5, new Largest(64));
    }

    /**
     * Rewires a graph.
     *
     * @param graph an undirected graph, see {@link GraphData#isSymmetric}; self-loops of weight 1 are added where there is none
     * @return the graph with other edges, whose weights sum to 1 over those that enter a node
     * @throws IllegalArgumentException if the graph is directed, or an edge is there more than once
     */
    public GraphData rewire(GraphData graph) {
        if (!graph.isSymmetric()) {
            throw new IllegalArgumentException(
                    graph.name() + " is directed, or has an edge twice: call symmetric() first");
        }
        Adjacency near = Adjacency.of(graph.withSelfLoops(1));
        double[] degree = new double[near.nodes()];
        Arrays.setAll(degree, near::degree);
        EdgeRows.Row[] rows = new EdgeRows.Row[near.nodes()];
        // S is symmetric: row i of it is column i, kept by its own largest entries.
        IntStream.range(0, rows.length).parallel().forEach(i -> rows[i] = kept(i, near, degree));
        GraphData columns = graph.withEdges(EdgeRows.of(rows)).normalised(EdgeNormalisation.ROW);
        int[] entered = columns.edges().source();
        int[] left = columns.edges().target();
        return graph.withEdges(new Edges(left, entered, columns.edges().weight()));
    }

    /** The row of S that belongs to a node, before anything is left out. */
    double[] row(int node, Adjacency near, double[] degree) {
        double[] estimate = new double[near.nodes()];
        double[] rest = new double[near.nodes()];
        boolean[] queued = new boolean[near.nodes()];
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        rest[node] = 1;
        queue.add(node);
        queued[node] = true;
        while (!queue.isEmpty()) {
            int at = queue.remove();
            queued[at] = false;
            double push = rest[at];
            rest[at] = 0;
            estimate[at] += restart * push;
            double share = (1 - restart) * push / degree[at];
            for (int i = near.offset()[at]; i < near.offset()[at + 1]; i++) {
                int to = near.target()[i];
                rest[to] += share * near.weight()[i];
                if (!queued[to] && rest[to] > tolerance * degree[to]) {
                    queued[to] = true;
                    queue.add(to);
                }
            }
        }
        // From the walk A D^-1 to the symmetric D^-1/2 A D^-1/2.
        for (int i = 0; i < estimate.length; i++) {
            estimate[i] *= Math.sqrt(degree[node] / degree[i]);
        }
        return estimate;
    }

    private EdgeRows.Row kept(int node, Adjacency near, double[] degree) {
        double[] row = row(node, near, degree);
        double least;
        if (keep instanceof Largest largest) {
            double[] sorted = row.clone();
            Arrays.sort(sorted);
            least = sorted[Math.max(0, sorted.length - largest.k())];
        } else {
            least = ((Above) keep).least();
        }
        int[] target = IntStream.range(0, row.length)
                .filter(i -> row[i] >= least && (float) row[i] > 0)
                .toArray();
        if (keep instanceof Largest largest && target.length > largest.k()) {
            target = largest(target, row, largest.k());
        }
        float[] weight = new float[target.length];
        for (int i = 0; i < target.length; i++) {
            weight[i] = (float) row[target[i]];
        }
        return new EdgeRows.Row(target, weight);
    }

    /** Of entries of which some are equal, the k largest, smaller numbers first. */
    private static int[] largest(int[] candidates, double[] row, int k) {
        return Arrays.stream(candidates)
                .boxed()
                .sorted((a, b) -> row[a] == row[b] ? Integer.compare(a, b) : Double.compare(row[b], row[a]))
                .limit(k)
                .sorted()
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
