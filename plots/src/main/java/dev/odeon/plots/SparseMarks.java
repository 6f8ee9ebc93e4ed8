package dev.odeon.plots;

import org.jfree.chart.LegendItem;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;

/**
 * Lines with a mark at every point, or at some of them where there are many, each curve at others: curves that coincide are
 * told apart by the marks, and marks do not hide the curve.
 */
final class SparseMarks extends XYLineAndShapeRenderer {

    private static final long serialVersionUID = 1;

    /** Above this many points marks would hide the curve. */
    private static final int MANY = 60;

    private static final int MARKS = 12;
    /** Of the distance between two marks, from one curve to the next. */
    private static final double SHIFT = 0.38;

    SparseMarks() {
        super(true, true);
    }

    @Override
    public boolean getItemShapeVisible(int series, int item) {
        int count = getPlot().getDataset().getItemCount(series);
        return shown(series, item, count);
    }

    @Override
    public LegendItem getLegendItem(int dataset, int series) {
        LegendItem item = super.getLegendItem(dataset, series);
        if (item != null) {
            item.setShapeVisible(true);
        }
        return item;
    }

    static boolean shown(int series, int item, int count) {
        if (count <= MANY) {
            return true;
        }
        int stride = count / MARKS;
        return item % stride == (int) (series * SHIFT * stride) % stride;
    }
}
