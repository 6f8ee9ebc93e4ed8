package dev.odeon.experiments.plots;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * A logarithmic axis whose ticks are round numbers: powers of ten, and 2 and 5 times them where few decades are shown.
 *
 * <p>JFreeChart's own divides the exponent evenly, so that short ranges get labels such as 2E2, 2E2, 3E2 at numbers nobody
 * would choose.
 */
final class DecadeAxis extends LogAxis {

    private static final long serialVersionUID = 1;

    private static final double FEW_DECADES = 3;
    private static final double MOST_TICKS = 16;
    private static final double[] WITHIN = {1, 2, 5};
    private static final double[] ALONE = {1};

    DecadeAxis(String label) {
        super(label);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the method that is replaced
    public List refreshTicks(Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
        boolean upright = RectangleEdge.isLeftOrRight(edge);
        TextAnchor anchor = upright ? TextAnchor.CENTER_RIGHT : TextAnchor.TOP_CENTER;
        List<NumberTick> ticks = new ArrayList<>();
        for (double value : values(getLowerBound(), getUpperBound())) {
            ticks.add(new NumberTick(value, label(value), anchor, TextAnchor.CENTER, 0));
        }
        return ticks;
    }

    /** The ticks between two positive bounds. */
    static List<Double> values(double lower, double upper) {
        double decades = Math.log10(upper / lower);
        int stride = (int) Math.max(1, Math.ceil(decades / MOST_TICKS));
        double[] multiples = decades <= FEW_DECADES ? WITHIN : ALONE;
        List<Double> values = new ArrayList<>();
        int first = (int) Math.floor(Math.log10(lower));
        for (int exponent = first; exponent <= Math.log10(upper); exponent++) {
            for (double multiple : multiples) {
                double value = multiple * Math.pow(10, exponent);
                if (Math.floorMod(exponent, stride) == 0 && value >= lower && value <= upper) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    /** Plain from 0.01 to 100,000, with an exponent beyond. */
    static String label(double value) {
        if (value > 0.0099 && value < 100_001) {
            return value > 0.99
                    ? String.valueOf(Math.round(value))
                    : String.format(Locale.ROOT, "%.2g", value).replaceAll("0+$", "");
        }
        int exponent = (int) Math.floor(Math.log10(value) + 1e-9);
        return Math.round(value / Math.pow(10, exponent)) + "e" + exponent;
    }
}
