package dev.odeon.plots;

import dev.odeon.models.training.runs.EpochRecord;
import java.awt.BasicStroke;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.Range;
import org.jfree.data.general.DatasetUtils;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Figures of a run over its epochs. */
public final class EpochCurves {

    private static final int WIDTH = 800;
    private static final int HEIGHT = 450;
    private static final double SMALLEST = 1e-30;
    private static final double LARGEST = 1e30;
    /** Of so many epochs each is a point, so that a run of one epoch shows. */
    private static final int POINTS = 40;

    /** Of the curve that is drawn last, so that one beneath it shows where both are equal. */
    private static final BasicStroke DASHED =
            new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {8, 6}, 0);

    private EpochCurves() {}

    /** Writes training and validation loss as a PNG file. */
    public static void losses(Path file, String title, List<EpochRecord> epochs) {
        losses(title, epochs).png(file);
    }

    /** Draws training and validation loss, on a logarithmic axis. */
    public static Picture losses(String title, List<EpochRecord> epochs) {
        XYSeriesCollection data = new XYSeriesCollection();
        data.addSeries(series("train", epochs, EpochRecord::trainLoss, SMALLEST));
        data.addSeries(series("valid", epochs, EpochRecord::validLoss, SMALLEST));
        Range range = DatasetUtils.findRangeBounds(data);
        DecadeAxis losses = range == null
                ? new DecadeAxis("loss", 1, 1)
                : new DecadeAxis("loss", range.getLowerBound(), range.getUpperBound());
        return picture(title, data, losses, epochs.size());
    }

    /** Writes the mean evaluations of an iteration as a PNG file. */
    public static void evaluations(Path file, String title, List<EpochRecord> epochs) {
        evaluations(title, epochs).png(file);
    }

    /** Draws the mean evaluations of an iteration, forward and backward. */
    public static Picture evaluations(String title, List<EpochRecord> epochs) {
        XYSeriesCollection data = new XYSeriesCollection();
        data.addSeries(series("forward", epochs, EpochRecord::nfeForwardPerIteration, -1));
        data.addSeries(series("backward", epochs, EpochRecord::nfeBackwardPerIteration, -1));
        return picture(title, data, new NumberAxis("evaluations in an iteration"), epochs.size());
    }

    private static Picture picture(String title, XYSeriesCollection data, ValueAxis up, int epochs) {
        NumberAxis numbers = new NumberAxis("epoch");
        numbers.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        numbers.setAutoRangeIncludesZero(false);
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, epochs < POINTS);
        for (int i = 0; i < data.getSeriesCount(); i++) {
            renderer.setSeriesPaint(i, Palette.colour(i));
            renderer.setSeriesStroke(i, i == 0 ? DASHED : new BasicStroke(2));
        }
        XYPlot plot = new XYPlot(data, numbers, up, renderer);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        JFreeChart chart = new JFreeChart(title, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        chart.setBackgroundPaint(Color.WHITE);
        return Picture.of(chart, WIDTH, HEIGHT);
    }

    private static XYSeries series(
            String name, List<EpochRecord> epochs, ToDoubleFunction<EpochRecord> figure, double above) {
        XYSeries series = new XYSeries(name);
        for (EpochRecord epoch : epochs) {
            double value = figure.applyAsDouble(epoch);
            if (value > above && value < LARGEST) {
                series.add(epoch.epoch(), value);
            }
        }
        return series;
    }
}
