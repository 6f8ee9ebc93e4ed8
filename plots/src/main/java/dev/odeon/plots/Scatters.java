package dev.odeon.plots;

import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.nio.file.Path;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.DefaultXYDataset;

/** Points in the plane, a panel for each moment, a colour and a shape for each class. */
public final class Scatters {

    private static final int SIDE = 320;
    private static final double LARGEST = 1e30;
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    private static final Shape ROUND = new Ellipse2D.Double(-3, -3, 6, 6);
    private static final Shape SQUARE = new Rectangle2D.Double(-2.5, -2.5, 5, 5);

    private Scatters() {}

    /**
     * Points at one moment.
     *
     * @param title of the panel
     * @param x across
     * @param y up
     */
    @SuppressWarnings("ArrayRecordComponent") // Drawn and forgotten.
    public record Panel(String title, double[] x, double[] y) {
        public Panel {
            if (x.length != y.length) {
                throw new IllegalArgumentException("The panel " + title + " has " + x.length + " points across and "
                        + y.length + " up: give both of each point");
            }
        }
    }

    /** Writes the panels as a PNG file. */
    public static void write(Path file, List<Panel> panels, int... labels) {
        picture(panels, labels).png(file);
    }

    /**
     * Draws the panels side by side.
     *
     * @param labels class of each point, 0 or more
     */
    public static Picture picture(List<Panel> panels, int... labels) {
        return Picture.grid(
                panels.stream().map(panel -> chart(panel, labels)).toList(), Math.max(1, panels.size()), SIDE, SIDE);
    }

    private static JFreeChart chart(Panel panel, int... labels) {
        int classes = 0;
        for (int label : labels) {
            classes = Math.max(classes, label + 1);
        }
        DefaultXYDataset data = new DefaultXYDataset();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        for (int each = 0; each < classes; each++) {
            data.addSeries("class " + each, ofClass(panel, each, labels));
            renderer.setSeriesPaint(each, Palette.colour(each));
            renderer.setSeriesShape(each, each % 2 == 0 ? ROUND : SQUARE);
        }
        NumberAxis across = new NumberAxis();
        NumberAxis up = new NumberAxis();
        across.setAutoRangeIncludesZero(false);
        up.setAutoRangeIncludesZero(false);
        XYPlot plot = new XYPlot(data, across, up, renderer);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        JFreeChart chart = new JFreeChart(panel.title(), TEXT, plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        return chart;
    }

    private static double[][] ofClass(Panel panel, int wanted, int... labels) {
        int count = 0;
        for (int label : labels) {
            count += label == wanted ? 1 : 0;
        }
        double[][] points = new double[2][count];
        int next = 0;
        for (int i = 0; i < labels.length; i++) {
            // What is no number or beyond all axes is not drawn.
            if (labels[i] == wanted) {
                points[0][next] = shown(panel.x()[i]);
                points[1][next] = shown(panel.y()[i]);
                next++;
            }
        }
        return points;
    }

    private static double shown(double coordinate) {
        return Math.abs(coordinate) < LARGEST ? coordinate : Double.NaN;
    }
}
