package dev.odeon.solvers.steps;

import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * Whether an element type tells the times of a solve apart, as its field sees them and as its loop counts them.
 *
 * <p>Times that are one number after rounding would be kept twice or not at all, and a field would be asked at the same time
 * step after step.
 *
 * @param type of time and state
 */
public record TimeResolution(Class<? extends TFloating> type) {

    /**
     * Checks times and sizes.
     *
     * @throws IllegalArgumentException if two times, or the ends of a step, are the same in the element type
     */
    public void require(SaveAt saveAt, StepControl control) {
        double[] times = saveAt.times();
        double[] offsets = saveAt.offsets();
        for (int k = 0; k < times.length; k++) {
            if (!Double.isFinite(rounded(times[k])) || !Double.isFinite(rounded(offsets[k]))) {
                throw new IllegalArgumentException("The time " + times[k] + " is beyond the numbers of " + name()
                        + ": give smaller times" + wider());
            }
        }
        for (int k = 1; k < times.length; k++) {
            if (rounded(times[k]) == rounded(times[k - 1])) {
                throw new IllegalArgumentException(
                        "The times " + times[k - 1] + " and " + times[k] + " are the same in " + spacedNear(times[k])
                                + ": " + shift(saveAt) + "give times that are farther apart" + wider());
            }
            if (rounded(offsets[k]) == rounded(offsets[k - 1])) {
                throw new IllegalArgumentException("Counted from the start at " + times[0] + ", the times "
                        + times[k - 1] + " and " + times[k] + " are the same in " + spacedNear(offsets[k])
                        + ": start nearer to them" + wider());
            }
        }
        double far = Math.max(Math.abs(saveAt.start()), Math.abs(saveAt.end()));
        double size = largest(control, offsets);
        if (size < spacing(far)) {
            throw new IllegalArgumentException("Steps of " + size + " do not change the time in " + spacedNear(far)
                    + ": " + shift(saveAt) + "take larger steps" + wider());
        }
    }

    /** The largest size that the steps of the shortest interval can have. */
    private static double largest(StepControl control, double[] offsets) {
        if (control instanceof FixedSteps fixed) {
            return fixed.size();
        }
        if (control instanceof PidController chosen) {
            return chosen.largest();
        }
        double shortest = Double.POSITIVE_INFINITY;
        for (int k = 1; k < offsets.length; k++) {
            shortest = Math.min(shortest, Math.abs(offsets[k] - offsets[k - 1]));
        }
        return shortest / ((StepsPerInterval) control).count();
    }

    private double rounded(double value) {
        return narrow() ? (float) value : value;
    }

    private double spacing(double value) {
        return narrow() ? Math.ulp((float) value) : Math.ulp(value);
    }

    private boolean narrow() {
        return type.equals(TFloat32.class);
    }

    private String name() {
        return narrow() ? "float32" : "float64";
    }

    private String spacedNear(double value) {
        return name() + ", whose numbers near " + value + " are " + spacing(value) + " apart";
    }

    private static String shift(SaveAt saveAt) {
        return saveAt.start() == 0 ? "" : "shift the times so that the solve starts near zero, ";
    }

    private String wider() {
        return narrow() ? ", or compute in float64" : "";
    }
}
