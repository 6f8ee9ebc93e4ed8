package dev.odeon.plots;

import java.awt.Color;
import java.awt.Font;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.DefaultXYZDataset;

/** Fields over time and space, such as truth, prediction and error, one above the other. */
public final class HeatMaps {

    private static final int WIDTH = 1000;
    private static final int HEIGHT = 260;

    private HeatMaps() {}

    /**
     * A field over time and space.
     *
     * @param title of its map
     * @param values [times][points]
     */
    public record Field(String title, double[] values) {}

    /**
     * Writes truth, prediction and their difference over time and space as a PNG file.
     *
     * @param truth [times][points]
     * @param prediction [times][points]
     * @param grid where and when the states are
     */
    public static void write(Path file, double[] truth, double[] prediction, Grid grid) {
        double[] error = new double[truth.length];
        for (int i = 0; i < error.length; i++) {
            error[i] = prediction[i] - truth[i];
        }
        picture(
                        grid,
                        List.of(
                                new Field("Truth", truth),
                                new Field("Prediction", prediction),
                                new Field("Prediction - truth", error)))
                .png(file);
    }

    /**
     * Draws fields one above the other, all in the colours of one scale, which ends at the largest magnitude of the first.
     *
     * @param grid where and when the states are
     * @param fields one or more, each with a whole number of rows
     */
    public static Picture picture(Grid grid, List<Field> fields) {
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("No field was given: give one or more");
        }
        for (Field field : fields) {
            if (field.values().length == 0 || field.values().length % grid.points() != 0) {
                throw new IllegalArgumentException("The field " + field.title() + " has " + field.values().length
                        + " values, which are no rows of " + grid.points() + " points: give a value for every point");
            }
        }
        double limit = Arrays.stream(fields.get(0).values())
                .map(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        return Picture.grid(
                fields.stream()
                        .map(field -> heatMap(field.title(), field.values(), grid, limit > 0 ? limit : 1))
                        .toList(),
                1,
                WIDTH,
                HEIGHT);
    }

    /**
     * Where and when states are.
     *
     * @param points in space
     * @param length of the interval in space, which the points divide evenly
     * @param interval time between two rows
     */
    public record Grid(int points, double length, double interval) {
        double spacing() {
            return length / points;
        }
    }

    private static JFreeChart heatMap(String title, double[] values, Grid grid, double limit) {
        int points = grid.points();
        double interval = grid.interval();
        double[][] data = new double[3][values.length];
        for (int i = 0; i < values.length; i++) {
            int row = i / points;
            data[0][i] = interval * row;
            data[1][i] = grid.spacing() * (i % points);
            data[2][i] = values[i];
        }
        DefaultXYZDataset dataset = new DefaultXYZDataset();
        dataset.addSeries(title, data);
        XYBlockRenderer renderer = new XYBlockRenderer();
        renderer.setBlockWidth(interval);
        renderer.setBlockHeight(grid.spacing());
        renderer.setPaintScale(new Diverging(limit));
        NumberAxis times = new NumberAxis("time");
        NumberAxis places = new NumberAxis("x");
        XYPlot plot = new XYPlot(dataset, times, places, renderer);
        int rows = values.length / points;
        times.setRange(-interval / 2, interval * (rows - 0.5));
        places.setRange(-grid.spacing() / 2, grid.length() - grid.spacing() / 2);
        plot.setBackgroundPaint(Color.WHITE);
        JFreeChart chart =
                new JFreeChart(named(title, values, limit), new Font(Font.SANS_SERIF, Font.BOLD, 14), plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        NumberAxis numbers = new NumberAxis("state u");
        PaintScaleLegend legend = new PaintScaleLegend(new Diverging(limit), numbers);
        legend.setPosition(RectangleEdge.RIGHT);
        legend.setAxisLocation(AxisLocation.BOTTOM_OR_RIGHT);
        legend.setStripWidth(14);
        legend.setMargin(30, 8, 34, 4);
        chart.addSubtitle(legend);
        return chart;
    }

    /** With what the colour scale does not show. */
    private static String named(String title, double[] values, double limit) {
        boolean beyond = Arrays.stream(values).anyMatch(value -> Math.abs(value) > limit);
        boolean missing = Arrays.stream(values).anyMatch(Double::isNaN);
        return title
                + (beyond ? " (beyond the scale the darkest colours)" : "")
                + (missing ? " (grey: no number)" : "");
    }

    /** Blue for negative, white for zero, red for positive values; grey for what is not a number. */
    private record Diverging(double limit) implements PaintScale {
        @Override
        public double getLowerBound() {
            return -limit;
        }

        @Override
        public double getUpperBound() {
            return limit;
        }

        @Override
        public java.awt.Paint getPaint(double value) {
            if (Double.isNaN(value)) {
                return Color.GRAY;
            }
            float strength = (float) Math.min(1, Math.abs(value) / limit);
            float rest = 1 - strength;
            return value < 0 ? new Color(rest, rest, 1f) : new Color(1f, rest, rest);
        }
    }
}
