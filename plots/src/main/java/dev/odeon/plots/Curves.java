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
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Several curves over one another, told apart by colour and mark. */
public final class Curves {

    private static final int WIDTH = 1100;
    private static final int HEIGHT = 720;
    private static final double SMALLEST = 1e-30;
    private static final double LARGEST = 1e30;
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
     */
    public record Curve(String name, double[] x, double[] y) {
        public Curve {
            if (x.length != y.length) {
                throw new IllegalArgumentException("The curve " + name + " has " + x.length + " places and " + y.length
                        + " values: give one value for each place");
            }
        }
    }

    /** Writes the curves as a PNG file. */
    public static void write(Path file, String title, Axis across, Axis up, List<Curve> curves) {
        picture(title, across, up, curves).png(file);
    }

    /** Draws the curves; each goes through its points in the order given. */
    public static Picture picture(String title, Axis across, Axis up, List<Curve> curves) {
        XYSeriesCollection data = new XYSeriesCollection();
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
        XYPlot plot = new XYPlot(data, axis(across, xRange), axis(up, yRange), renderer);
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
