package dev.odeon.experiments.plots;

import dev.odeon.datasets.AtomicFile;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.data.xy.DefaultXYZDataset;

/** Truth, prediction and error of a field over time and space. */
public final class HeatMaps {

    private static final int WIDTH = 1000;
    private static final int HEIGHT = 260;

    private HeatMaps() {}

    /**
     * Truth, prediction and their difference over time and space, one above the other.
     *
     * @param truth [times][points]
     * @param prediction [times][points]
     * @param interval time between two rows
     */
    public static void write(Path file, double[] truth, double[] prediction, int points, double interval) {
        double[] error = new double[truth.length];
        for (int i = 0; i < error.length; i++) {
            error[i] = prediction[i] - truth[i];
        }
        double limit = Arrays.stream(truth).map(Math::abs).max().orElse(1);
        BufferedImage image = new BufferedImage(WIDTH, 3 * HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        int row = 0;
        for (JFreeChart chart : List.of(
                heatMap("Truth", truth, points, interval, limit),
                heatMap("Prediction", prediction, points, interval, limit),
                heatMap("Prediction - truth", error, points, interval, limit))) {
            chart.draw(graphics, new java.awt.geom.Rectangle2D.Double(0, (double) row * HEIGHT, WIDTH, HEIGHT));
            row++;
        }
        graphics.dispose();
        AtomicFile.write(file, temporary -> ImageIO.write(image, "png", temporary.toFile()));
    }

    private static JFreeChart heatMap(String title, double[] values, int points, double interval, double limit) {
        double[][] data = new double[3][values.length];
        for (int i = 0; i < values.length; i++) {
            int row = i / points;
            data[0][i] = interval * row;
            data[1][i] = i % points;
            data[2][i] = values[i];
        }
        DefaultXYZDataset dataset = new DefaultXYZDataset();
        dataset.addSeries(title, data);
        XYBlockRenderer renderer = new XYBlockRenderer();
        renderer.setBlockWidth(interval);
        renderer.setPaintScale(new Diverging(limit));
        NumberAxis times = new NumberAxis("time");
        NumberAxis places = new NumberAxis("point");
        XYPlot plot = new XYPlot(dataset, times, places, renderer);
        int rows = values.length / points;
        times.setRange(-interval / 2, interval * (rows - 0.5));
        places.setRange(-0.5, points - 0.5);
        plot.setBackgroundPaint(Color.WHITE);
        JFreeChart chart = new JFreeChart(title, new Font(Font.SANS_SERIF, Font.BOLD, 14), plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        return chart;
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
