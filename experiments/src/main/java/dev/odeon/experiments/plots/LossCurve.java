package dev.odeon.experiments.plots;

import dev.odeon.datasets.AtomicFile;
import dev.odeon.models.training.runs.EpochRecord;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.Range;
import org.jfree.data.general.DatasetUtils;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Training and validation loss over the epochs, on a logarithmic axis. */
public final class LossCurve {

    private static final int WIDTH = 800;
    private static final int HEIGHT = 450;
    private static final double SMALLEST = 1e-30;
    private static final double LARGEST = 1e30;

    private LossCurve() {}

    /** Draws the losses of a run. */
    public static void write(Path file, String title, List<EpochRecord> epochs) {
        XYSeriesCollection data = new XYSeriesCollection();
        data.addSeries(series("train", epochs, EpochRecord::trainLoss));
        data.addSeries(series("valid", epochs, EpochRecord::validLoss));
        Range range = DatasetUtils.findRangeBounds(data);
        DecadeAxis losses = range == null
                ? new DecadeAxis("loss", 1, 1)
                : new DecadeAxis("loss", range.getLowerBound(), range.getUpperBound());
        NumberAxis numbers = new NumberAxis("epoch");
        numbers.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        // Points too, so that a run of one epoch shows.
        XYPlot plot = new XYPlot(data, numbers, losses, new XYLineAndShapeRenderer(true, epochs.size() < 40));
        plot.setBackgroundPaint(Color.WHITE);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        JFreeChart chart = new JFreeChart(title, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        chart.setBackgroundPaint(Color.WHITE);
        AtomicFile.write(file, temporary -> ChartUtils.saveChartAsPNG(temporary.toFile(), chart, WIDTH, HEIGHT));
    }

    private static XYSeries series(String name, List<EpochRecord> epochs, ToDoubleFunction<EpochRecord> loss) {
        XYSeries series = new XYSeries(name);
        for (EpochRecord epoch : epochs) {
            double value = loss.applyAsDouble(epoch);
            if (value > SMALLEST && value < LARGEST) {
                series.add(epoch.epoch(), value);
            }
        }
        return series;
    }
}
