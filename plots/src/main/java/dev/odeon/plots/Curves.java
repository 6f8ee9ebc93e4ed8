package dev.odeon.plots;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.jspecify.annotations.Nullable;

/** Several curves over one another, told apart by colour and mark. */
public final class Curves {

    private static final int WIDTH = 1100;
    private static final int HEIGHT = 720;
    private static final double SMALLEST = 1e-30;
    private static final double LARGEST = 1e30;
    /** How much of a band's colour covers what lies beneath. */
    private static final float SHADE = 0.2f;

    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 18);
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);

    private static final BasicStroke SOLID = new BasicStroke(2);
    private static final BasicStroke DASHED =
            new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {8, 5}, 0);

    private Curves() {}

    /** How values are laid out along an axis. */
    public enum Scale {
        /** Evenly. */
        LINEAR,
        /** By their logarithm; what is not positive and finite is left out. */
        LOGARITHMIC
    }

    /**
     * An axis.
     *
     * @param label with the unit
     */
    public record Axis(String label, Scale scale) {}

    /**
     * A curve.
     *
     * @param name in the legend
     * @param deviation half the height of a band around the curve; null for a curve without one
     */
    public record Curve(String name, double[] x, double[] y, double @Nullable [] deviation) {
        public Curve {
            if (x.length != y.length) {
                throw new IllegalArgumentException("The curve " + name + " has " + x.length + " places and " + y.length
                        + " values: give one value for each place");
            }
            if (deviation != null && deviation.length != x.length) {
                throw new IllegalArgumentException("The curve " + name + " has " + x.length + " places and "
                        + deviation.length + " deviations: give one for each place, or none at all");
            }
        }

        /** Without a band. */
        public Curve(String name, double[] x, double[] y) {
            this(name, x, y, null);
        }
    }

    /** Writes the curves as a PNG file. */
    public static void write(Path file, String title, Axis across, Axis up, List<Curve> curves) {
        picture(title, across, up, curves).png(file);
    }

    /** Draws the curves; each goes through its points in the order given. */
    public static Picture picture(String title, Axis across, Axis up, List<Curve> curves) {
        XYSeriesCollection data = new XYSeriesCollection();
        YIntervalSeriesCollection bands = new YIntervalSeriesCollection();
        XYLineAndShapeRenderer renderer = new SparseMarks();
        double[] xRange = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        double[] yRange = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            XYSeries series = new XYSeries(curve.name(), false);
            for (int k = 0; k < curve.x().length; k++) {
                if (shows(across, curve.x()[k]) && shows(up, curve.y()[k])) {
                    series.add(curve.x()[k], curve.y()[k]);
                    widen(xRange, curve.x()[k]);
                    widen(yRange, curve.y()[k]);
                }
            }
            data.addSeries(series);
            renderer.setSeriesPaint(i, Palette.colour(i));
            renderer.setSeriesStroke(i, i / Palette.size() < 2 ? SOLID : DASHED);
            renderer.setSeriesShape(i, mark(i));
            // Hollow the second time round, dashed the third, so that equal colours differ.
            renderer.setSeriesShapesFilled(i, i / Palette.size() % 2 == 0);
        }
        // Behind all curves, of which the lowest bounds the bands on an axis of logarithms.
        double lowest = yRange[0];
        curves.forEach(curve -> bands.addSeries(band(curve, across, up, lowest, yRange)));
        XYPlot plot = new XYPlot(data, axis(across, xRange), axis(up, yRange), renderer);
        if (curves.stream().anyMatch(curve -> curve.deviation() != null)) {
            plot.setDataset(1, bands);
            plot.setRenderer(1, shades(curves.size()));
        }
        plot.setBackgroundPaint(Color.WHITE);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
        JFreeChart chart = new JFreeChart(title, TITLE, plot, true);
        chart.setBackgroundPaint(Color.WHITE);
        LegendTitle legend = chart.getLegend();
        legend.setPosition(RectangleEdge.RIGHT);
        legend.setItemFont(TEXT);
        return Picture.of(chart, WIDTH, HEIGHT);
    }

    /** The band of a curve, on an axis of logarithms no lower than the curves; empty for a curve without one. */
    private static YIntervalSeries band(Curve curve, Axis across, Axis up, double lowest, double[] yRange) {
        YIntervalSeries band = new YIntervalSeries(curve.name() + " +- one deviation");
        double[] deviation = curve.deviation();
        for (int k = 0; deviation != null && k < deviation.length; k++) {
            double y = curve.y()[k];
            if (shows(across, curve.x()[k]) && shows(up, y)) {
                double low = y - deviation[k];
                double high = y + deviation[k];
                widen(yRange, high);
                if (up.scale() == Scale.LINEAR) {
                    widen(yRange, low);
                } else {
                    low = Math.max(low, lowest);
                }
                band.add(curve.x()[k], y, low, high);
            }
        }
        return band;
    }

    private static DeviationRenderer shades(int curves) {
        DeviationRenderer shades = new DeviationRenderer(false, false);
        shades.setAlpha(SHADE);
        for (int i = 0; i < curves; i++) {
            shades.setSeriesFillPaint(i, Palette.colour(i));
            shades.setSeriesVisibleInLegend(i, false);
        }
        return shades;
    }

    private static boolean shows(Axis axis, double value) {
        return axis.scale() == Scale.LINEAR ? Math.abs(value) < LARGEST : value > SMALLEST && value < LARGEST;
    }

    private static void widen(double[] range, double value) {
        range[0] = Math.min(range[0], value);
        range[1] = Math.max(range[1], value);
    }

    private static ValueAxis axis(Axis wanted, double[] range) {
        ValueAxis axis;
        if (wanted.scale() == Scale.LOGARITHMIC) {
            axis = new DecadeAxis(wanted.label(), range[0], range[1]);
        } else {
            NumberAxis linear = new NumberAxis(wanted.label());
            linear.setAutoRangeIncludesZero(false);
            linear.setNumberFormatOverride(
                    new DecimalFormat("0.######", DecimalFormatSymbols.getInstance(Locale.ROOT)));
            axis = linear;
        }
        axis.setLabelFont(TEXT);
        axis.setTickLabelFont(TEXT);
        return axis;
    }

    private static Shape mark(int i) {
        return switch (i % 4) {
            case 0 -> new Ellipse2D.Double(-4, -4, 8, 8);
            case 1 -> new Rectangle2D.Double(-4, -4, 8, 8);
            case 2 -> polygon(0, -5, 5, 4, -5, 4);
            default -> polygon(0, -6, 6, 0, 0, 6, -6, 0);
        };
    }

    private static Shape polygon(double... coordinates) {
        Path2D path = new Path2D.Double();
        path.moveTo(coordinates[0], coordinates[1]);
        for (int i = 2; i < coordinates.length; i += 2) {
            path.lineTo(coordinates[i], coordinates[i + 1]);
        }
        path.closePath();
        return path;
    }
}
