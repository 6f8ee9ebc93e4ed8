package dev.odeon.solvers.steps;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The steps of a solve, in times that count from its start.
 *
 * @param starts the offset at which each step starts
 * @param sizes the different step sizes
 * @param sizeIndices for each step the index of its size
 * @param saveIndices for each step the row its end is kept in, or {@code kept} for none
 * @param kept how many step ends are kept
 */
public record TimeGrid(double[] starts, double[] sizes, int[] sizeIndices, int[] saveIndices, int kept) {

    public TimeGrid {
        if (starts.length != sizeIndices.length || starts.length != saveIndices.length) {
            throw new IllegalArgumentException("There are " + starts.length + " starts, " + sizeIndices.length
                    + " sizes and " + saveIndices.length + " rows of steps: give one of each for every step");
        }
        starts = starts.clone();
        sizes = sizes.clone();
        sizeIndices = sizeIndices.clone();
        saveIndices = saveIndices.clone();
    }

    /** A copy of the starts. */
    @Override
    public double[] starts() {
        return starts.clone();
    }

    /** A copy of the sizes. */
    @Override
    public double[] sizes() {
        return sizes.clone();
    }

    /** A copy of the indices of the sizes. */
    @Override
    public int[] sizeIndices() {
        return sizeIndices.clone();
    }

    /** A copy of the rows. */
    @Override
    public int[] saveIndices() {
        return saveIndices.clone();
    }

    /** The number of steps. */
    public int count() {
        return starts.length;
    }

    /**
     * The same steps, all of whose ends are kept where that is asked for.
     *
     * @throws IllegalArgumentException if there are more than the rows to keep them in
     */
    TimeGrid keptAs(SaveAt saveAt) {
        boolean ends = saveAt.intermediate() == SaveAt.Kept.STEPS;
        int needed = count() + (ends ? 1 : 0);
        if ((ends || saveAt.intermediate() == SaveAt.Kept.DENSE) && needed > saveAt.rows()) {
            throw new IllegalArgumentException("The solve keeps " + needed + " rows, and there is room for "
                    + saveAt.rows() + ": allow as many, or take larger steps");
        }
        if (!ends) {
            return this;
        }
        int[] rows = new int[count()];
        for (int n = 0; n < rows.length; n++) {
            rows[n] = n;
        }
        return new TimeGrid(starts, sizes, sizeIndices, rows, rows.length);
    }

    /** The offset at which a step starts. */
    public double start(int step) {
        return starts[step];
    }

    /** The row in which the end of a step is kept, {@link #kept} for none. */
    public int saveIndex(int step) {
        return saveIndices[step];
    }

    /** Whether the end of a step is kept. */
    public boolean keeps(int step) {
        return saveIndices[step] < kept;
    }

    /** The size of a step. */
    public double size(int step) {
        return sizes[sizeIndices[step]];
    }

    /** The first steps alone, all of whose ends are kept. */
    public TimeGrid first(int steps) {
        return new TimeGrid(
                Arrays.copyOf(starts, steps),
                sizes,
                Arrays.copyOf(sizeIndices, steps),
                IntStream.range(0, steps).toArray(),
                steps);
    }

    /**
     * The different sequences of a step's size and the sizes of the steps before it.
     *
     * @param history how many preceding sizes to look at
     * @param from the first step that counts; it has that many steps before it
     */
    public Kinds kinds(int history, int from) {
        List<List<Integer>> found = new ArrayList<>();
        int[] indices = new int[Math.max(0, count() - from)];
        for (int n = from; n < count(); n++) {
            List<Integer> kind = new ArrayList<>();
            for (int j = 0; j <= history; j++) {
                kind.add(sizeIndices[n - j]);
            }
            if (!found.contains(kind)) {
                found.add(kind);
            }
            indices[n - from] = found.indexOf(kind);
        }
        return new Kinds(
                found.stream()
                        .map(kind -> kind.stream().mapToDouble(k -> sizes[k]).toArray())
                        .toList(),
                indices);
    }

    /**
     * Kinds of steps.
     *
     * @param sizes for each kind the sizes of the step and of those before it, the newest first
     * @param indices for each step its kind
     */
    public record Kinds(List<double[]> sizes, int[] indices) {

        public Kinds {
            sizes = sizes.stream().map(double[]::clone).toList();
            indices = indices.clone();
        }

        /** Copies of the sizes. */
        @Override
        public List<double[]> sizes() {
            return sizes.stream().map(double[]::clone).toList();
        }

        /** A copy of the indices. */
        @Override
        public int[] indices() {
            return indices.clone();
        }

        /** How many kinds there are. */
        public int count() {
            return sizes.size();
        }

        /** How many steps there are. */
        public int steps() {
            return indices.length;
        }

        /** The size of the steps of a kind. */
        public double size(int kind) {
            return sizes.get(kind)[0];
        }
    }
}
