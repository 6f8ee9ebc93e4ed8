package dev.odeon.experiments.training.session;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/**
 * Mean and standard deviation of a figure over several runs.
 *
 * @param mean over the runs that have the figure
 * @param deviation the square root of the sum of squared differences from the mean, divided by one less than the count; not a
 *     number for one run
 * @param count of these runs
 */
public record Spread(double mean, double deviation, int count) {

    private static final MathContext MEAN = new MathContext(5);
    private static final MathContext DEVIATION = new MathContext(2);
    /** Places before or after the point from which on a power of ten is told. */
    private static final int LONGEST = 9;

    /** Of one number or more. */
    public static Spread of(List<Double> numbers) {
        double mean =
                numbers.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        double squares = numbers.stream()
                .mapToDouble(each -> (each - mean) * (each - mean))
                .sum();
        int count = numbers.size();
        // Zero divided by zero where there is one.
        return new Spread(mean, Math.sqrt(squares / (count - 1.0)), count);
    }

    /** As the last lines have it. */
    public String text() {
        return count > 1 ? text(mean, MEAN) + " +- " + text(deviation, DEVIATION) : text(mean, MEAN);
    }

    private static String text(double number, MathContext digits) {
        BigDecimal rounded = new BigDecimal(number, digits).stripTrailingZeros();
        return rounded.scale() > LONGEST || rounded.precision() - rounded.scale() > LONGEST
                ? String.format(Locale.ROOT, "%." + (digits.getPrecision() - 1) + "e", number)
                : rounded.toPlainString();
    }
}
