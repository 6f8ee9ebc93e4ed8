package dev.odeon.plots;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * A logarithmic axis that is labelled with the numbers themselves: powers of ten, with 2 and 5 between them where there are
 * few, and round numbers at even distances where the range is short.
 */
final class DecadeAxis extends LogAxis {

    private static final double MARGIN = 1.5;
    private static final int FEW = 3;
    private static final int MOST = 16;
    private static final int SHORT = 6;
    /** From here on a number is shorter with an exponent. */
    private static final double LARGE = 1e6;

    private static final double SMALL = 1e-4;

    /** For the values from {@code least} to {@code largest}, both positive; one decade if there are none. */
    DecadeAxis(String label, double least, double largest) {
        super(label);
        // Not left to the axis, which fails when all values are equal.
        if (least <= largest) {
            setRange(least / MARGIN, largest * MARGIN);
        } else {
            setRange(1, 10);
        }
        setMinorTickMarksVisible(true);
    }

    @Override
    @SuppressWarnings("rawtypes") // as declared above
    public List refreshTicks(Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
        TextAnchor anchor;
        if (RectangleEdge.isTopOrBottom(edge)) {
            anchor = edge.equals(RectangleEdge.TOP) ? TextAnchor.BOTTOM_CENTER : TextAnchor.TOP_CENTER;
        } else {
            anchor = edge.equals(RectangleEdge.LEFT) ? TextAnchor.CENTER_RIGHT : TextAnchor.CENTER_LEFT;
        }
        double lower = getRange().getLowerBound();
        double upper = getRange().getUpperBound();
        List<Double> labelled = labelled(lower, upper);
        List<NumberTick> ticks = new ArrayList<>();
        for (double value : labelled) {
            ticks.add(new NumberTick(TickType.MAJOR, value, text(value), anchor, TextAnchor.CENTER, 0));
        }
        for (double value : multiples(lower, upper, 1, 2, 3, 4, 5, 6, 7, 8, 9)) {
            if (!labelled.contains(value)) {
                ticks.add(new NumberTick(TickType.MINOR, value, "", anchor, TextAnchor.CENTER, 0));
            }
        }
        return ticks;
    }

    /** The numbers in a range that get a label. */
    static List<Double> labelled(double lower, double upper) {
        List<Double> powers = multiples(lower, upper, 1);
        if (powers.size() >= FEW) {
            int every = (powers.size() + MOST - 1) / MOST;
            return powers.stream()
                    .filter(power -> Math.floorMod(Math.round(Math.log10(power)), every) == 0)
                    .toList();
        }
        List<Double> between = multiples(lower, upper, 1, 2, 5);
        return between.size() >= FEW ? between : even(lower, upper);
    }

    private static List<Double> multiples(double lower, double upper, int... digits) {
        List<Double> found = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(lower)); power <= Math.log10(upper); power++) {
            for (int digit : digits) {
                double value = Double.parseDouble(digit + "e" + power);
                if (value >= lower && value <= upper) {
                    found.add(value);
                }
            }
        }
        return found;
    }

    /** Multiples of the least of 1, 2, 5 times a power of ten that gives no more than {@link #SHORT} of them. */
    private static List<Double> even(double lower, double upper) {
        BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10((upper - lower) / SHORT)));
        for (int factor : new int[] {1, 2, 5, 10}) {
            BigDecimal wider = step.multiply(BigDecimal.valueOf(factor));
            if ((upper - lower) / wider.doubleValue() <= SHORT) {
                step = wider;
                break;
            }
        }
        List<Double> found = new ArrayList<>();
        for (long i = (long) Math.ceil(lower / step.doubleValue()); i * step.doubleValue() <= upper; i++) {
            found.add(step.multiply(BigDecimal.valueOf(i)).doubleValue());
        }
        return found;
    }

    /** A short number: 0.01, 250, 1e-7. */
    static String text(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
        if (value >= SMALL && value < LARGE) {
            return rounded.toPlainString();
        }
        int exponent = rounded.precision() - rounded.scale() - 1;
        return rounded.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
    }
}
