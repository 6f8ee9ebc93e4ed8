package dev.odeon.plots.notebook;

import dev.odeon.models.training.runs.EpochRecord;
import dev.odeon.ode.Solution;
import dev.odeon.plots.Curves;
import dev.odeon.plots.Curves.Axis;
import dev.odeon.plots.Curves.Curve;
import dev.odeon.plots.Curves.Scale;
import dev.odeon.plots.EpochCurves;
import dev.odeon.plots.HeatMaps;
import dev.odeon.plots.HeatMaps.Field;
import dev.odeon.plots.HeatMaps.Grid;
import dev.odeon.plots.Scatters;
import dev.odeon.plots.Scatters.Panel;
import dev.odeon.plots.Tables;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;

/**
 * Results as images, for notebooks: every Java kernel shows an image that is the last value of a cell.
 *
 * <p>{@code import static dev.odeon.plots.notebook.Show.*;}
 */
public final class Show {

    /** Where it is true, lessons are short: {@code -Dodeon.quick=true}. */
    static final String QUICK = "odeon.quick";

    private static final int WIDTH = 760;
    private static final int HEIGHT = 400;
    private static final int MAP_HEIGHT = 190;
    private static final int PANEL = 250;
    /** A state with more components is shown as a map. */
    private static final int MOST_CURVES = 8;

    private Show() {}

    /**
     * A solution over time, built and run in a graph of its own: the components of the first sample as curves, or as a map where
     * there are more than eight.
     *
     * @param build adds the solve to a graph
     */
    public static BufferedImage solution(String title, Function<Ops, ? extends Solution<?>> build) {
        return solution(title, Solved.of(build));
    }

    /** A solution over time, run in a session of the caller. */
    public static BufferedImage solution(String title, Session session, Solution<?> solution) {
        return solution(title, Solved.of(session, solution));
    }

    /** A solution over time: the components of the first sample as curves, or as a map where there are more than eight. */
    public static BufferedImage solution(String title, Solved solved) {
        String told = solved.outcome().successful() ? title : title + " (" + solved.outcome() + ")";
        double[] times = solved.times(0);
        if (solved.size() > MOST_CURVES && times.length > 1) {
            double interval = (times[times.length - 1] - times[0]) / (times.length - 1);
            return fields(new Grid(solved.size(), solved.size(), interval), new Field(told, solved.states(0)));
        }
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < solved.size(); i++) {
            curves.add(curve("u" + i, times, solved.component(0, i)));
        }
        return curves(told, axis("time"), axis("state"), curves);
    }

    /** Curves over one another, each with its name in the legend. */
    public static BufferedImage curves(String title, Axis across, Axis up, Curve... curves) {
        return Curves.picture(title, across, up, Arrays.asList(curves))
                .withSize(WIDTH, HEIGHT)
                .image();
    }

    /** The same with any number of curves. */
    public static BufferedImage curves(String title, Axis across, Axis up, List<Curve> curves) {
        return curves(title, across, up, curves.toArray(Curve[]::new));
    }

    /** A curve to be drawn by {@code curves}. */
    public static Curve curve(String name, double[] x, double[] y) {
        return new Curve(name, x, y);
    }

    /** A curve over 0, 1, 2, ... */
    public static Curve curve(String name, double... y) {
        double[] x = new double[y.length];
        Arrays.setAll(x, i -> i);
        return new Curve(name, x, y);
    }

    /** An even axis; the label tells the unit. */
    public static Axis axis(String label) {
        return new Axis(label, Scale.LINEAR);
    }

    /** A logarithmic axis; what is not positive is left out. */
    public static Axis logAxis(String label) {
        return new Axis(label, Scale.LOGARITHMIC);
    }

    /** Training and validation loss over the epochs of a run. */
    public static BufferedImage losses(String title, List<EpochRecord> epochs) {
        return EpochCurves.losses(title, epochs).withSize(WIDTH, HEIGHT).image();
    }

    /**
     * Fields over time and space, one above the other, in the colours of one scale.
     *
     * @param grid where and when the states are
     */
    public static BufferedImage fields(Grid grid, Field... fields) {
        return HeatMaps.picture(grid, Arrays.asList(fields))
                .withSize(WIDTH, MAP_HEIGHT * fields.length)
                .image();
    }

    /** A field to be drawn by {@link #fields}: [times][points], row by row. */
    public static Field field(String title, double[] values) {
        return new Field(title, values);
    }

    /**
     * Points in the plane, a panel beside the other.
     *
     * @param labels class of each point, 0 or more, which gives its colour
     */
    public static BufferedImage scatters(int[] labels, Panel... panels) {
        return Scatters.picture(Arrays.asList(panels), labels)
                .withSize(PANEL * panels.length, PANEL)
                .image();
    }

    /** Points to be drawn by {@link #scatters}. */
    public static Panel panel(String title, double[] x, double[] y) {
        return new Panel(title, x, y);
    }

    /**
     * A table.
     *
     * @param header names of the columns, with units
     * @param rows cells; decimal numbers are shown with four digits, other values by their text
     */
    public static BufferedImage table(List<String> header, List<? extends List<?>> rows) {
        return Tables.picture(
                        header,
                        rows.stream()
                                .map(row -> row.stream().map(Show::cell).toList())
                                .toList())
                .image();
    }

    private static String cell(Object value) {
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isNaN(number) ? "NaN" : String.format(Locale.ROOT, "%.4g", number);
        }
        return String.valueOf(value);
    }

    /**
     * Shows a value in the middle of a cell, where the program runs in a kernel.
     *
     * @return false if it runs in none that is known
     */
    public static boolean show(Object value) {
        return KernelDisplay.show(value);
    }

    /**
     * The progress of a long cell as one line that is written over itself; also a {@code TrainingListener}, for a number of
     * epochs.
     *
     * @param total parts of the whole
     */
    public static Progress progress(String what, int total) {
        return new Progress(what, total, System.out);
    }

    /** Whether lessons are to be short, to see that they run: by the system property {@code odeon.quick}. */
    public static boolean quick() {
        return Boolean.getBoolean(QUICK);
    }

    /** A size of a lesson: the first, or the second where lessons are to be short. */
    public static int sized(int full, int quick) {
        return quick() ? quick : full;
    }
}
