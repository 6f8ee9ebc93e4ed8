package dev.odeon.experiments.results;

import java.util.Arrays;

/** Distances of states. */
public final class Norms {

    private Norms() {}

    /** The Euclidean distance. */
    public static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    /** The largest distance of two components; NaN if one is NaN. */
    public static double largestDistance(double[] a, double[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    /** The Euclidean distance from a reference, in units of the reference's norm. */
    public static double relativeDistance(double[] a, double[] reference) {
        return distance(a, reference)
                / Math.sqrt(Arrays.stream(reference).map(x -> x * x).sum());
    }
}
