package dev.odeon.datasets.graphs;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Directed, weighted edges; edge i leads from {@code source[i]} to {@code target[i]}.
 *
 * @param source where the edges begin; not copied
 * @param target where they end; not copied
 * @param weight their weights, finite and positive; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Bulk data: a defensive copy of every access would double the memory.
public record Edges(int[] source, int[] target, float[] weight) {
    public Edges {
        if (source.length != target.length || source.length != weight.length) {
            throw new IllegalArgumentException("source, target and weight have " + source.length + ", " + target.length
                    + " and " + weight.length + " entries: give equally many");
        }
        for (float w : weight) {
            if (!(w > 0) || Float.isInfinite(w)) {
                throw new IllegalArgumentException(
                        "weight " + w + ": give finite positive weights and leave out edges of 0");
            }
        }
    }

    /**
     * Makes edges of weight 1.
     *
     * @param source where the edges begin
     * @param target where they end
     * @return the edges
     */
    public static Edges unweighted(int[] source, int[] target) {
        float[] weight = new float[source.length];
        Arrays.fill(weight, 1);
        return new Edges(source, target, weight);
    }

    /** {@return the number of directed edges} */
    public int count() {
        return source.length;
    }

    /** {@return whether every edge is there once and in both directions, with the same weight} */
    boolean isSymmetric() {
        Map<Long, Float> weights = new HashMap<>();
        for (int i = 0; i < count(); i++) {
            if (weights.put((long) source[i] << Integer.SIZE | target[i], weight[i]) != null) {
                return false;
            }
        }
        for (int i = 0; i < count(); i++) {
            Float back = weights.get((long) target[i] << Integer.SIZE | source[i]);
            if (back == null || back != weight[i]) {
                return false;
            }
        }
        return true;
    }

    /** {@return the edges that lead to another node} */
    Edges withoutLoops() {
        int kept = 0;
        int[] newSource = new int[count()];
        int[] newTarget = new int[count()];
        float[] newWeight = new float[count()];
        for (int i = 0; i < count(); i++) {
            if (source[i] != target[i]) {
                newSource[kept] = source[i];
                newTarget[kept] = target[i];
                newWeight[kept++] = weight[i];
            }
        }
        return new Edges(
                Arrays.copyOf(newSource, kept), Arrays.copyOf(newTarget, kept), Arrays.copyOf(newWeight, kept));
    }

    /** {@return these edges and an edge to itself, of weight {@code loopWeight}, for every node that has none} */
    Edges withLoops(int nodes, float loopWeight) {
        boolean[] has = new boolean[nodes];
        int missing = nodes;
        for (int i = 0; i < count(); i++) {
            if (source[i] == target[i] && !has[source[i]]) {
                has[source[i]] = true;
                missing--;
            }
        }
        int next = count();
        int[] newSource = Arrays.copyOf(source, Math.addExact(next, missing));
        int[] newTarget = Arrays.copyOf(target, newSource.length);
        float[] newWeight = Arrays.copyOf(weight, newSource.length);
        for (int node = 0; node < nodes; node++) {
            if (!has[node]) {
                newSource[next] = node;
                newTarget[next] = node;
                newWeight[next++] = loopWeight;
            }
        }
        return new Edges(newSource, newTarget, newWeight);
    }

    /**
     * Every edge in both directions, once each, ordered by source and target; of several weights the largest is kept.
     *
     * <p>Time O(E log d) for the largest degree d.
     */
    Edges symmetric(int nodes) {
        int[] start = new int[nodes + 1];
        for (int i = 0; i < count(); i++) {
            start[source[i] + 1]++;
            if (source[i] != target[i]) {
                start[target[i] + 1]++;
            }
        }
        for (int node = 0; node < nodes; node++) {
            start[node + 1] = Math.addExact(start[node], start[node + 1]);
        }
        long[] neighbours = new long[start[nodes]];
        int[] next = Arrays.copyOf(start, nodes);
        for (int i = 0; i < count(); i++) {
            neighbours[next[source[i]]++] = pack(target[i], weight[i]);
            if (source[i] != target[i]) {
                neighbours[next[target[i]]++] = pack(source[i], weight[i]);
            }
        }
        int kept = 0;
        int[] newSource = new int[neighbours.length];
        int[] newTarget = new int[neighbours.length];
        float[] newWeight = new float[neighbours.length];
        for (int node = 0; node < nodes; node++) {
            Arrays.sort(neighbours, start[node], start[node + 1]);
            for (int i = start[node]; i < start[node + 1]; i++) {
                int neighbour = (int) (neighbours[i] >> Integer.SIZE);
                boolean last = i + 1 == start[node + 1] || (int) (neighbours[i + 1] >> Integer.SIZE) != neighbour;
                if (last) {
                    newSource[kept] = node;
                    newTarget[kept] = neighbour;
                    newWeight[kept++] = Float.intBitsToFloat((int) neighbours[i]);
                }
            }
        }
        return new Edges(
                Arrays.copyOf(newSource, kept), Arrays.copyOf(newTarget, kept), Arrays.copyOf(newWeight, kept));
    }

    // The bits of positive floats are ordered as the floats are: sorting puts the largest weight of a pair last.
    private static long pack(int node, float weight) {
        return (long) node << Integer.SIZE | Float.floatToIntBits(weight);
    }
}
