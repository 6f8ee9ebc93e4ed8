package dev.odeon.models.optimisers;

/** The usual numbers, and what the records check. */
final class HyperParameters {

    static final double BETA1 = 0.9;
    static final double BETA2 = 0.999;
    static final double ALPHA = 0.99;
    static final double EPSILON = 1e-8;

    private HyperParameters() {}

    static void requireDecay(double weightDecay) {
        if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
            throw new IllegalArgumentException(
                    "The weight decay is " + weightDecay + ": give a finite number that is not negative");
        }
    }

    static void requireMean(String name, double factor) {
        if (!(factor >= 0 && factor < 1)) {
            throw new IllegalArgumentException(
                    name + " is " + factor + ": give the weight of the past, at least 0 and less than 1");
        }
    }

    static void requireEpsilon(double epsilon) {
        if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
            throw new IllegalArgumentException("Epsilon is " + epsilon + ": give a small positive number");
        }
    }
}
