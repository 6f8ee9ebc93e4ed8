package dev.odeon.plots.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Values;
import dev.odeon.models.training.runs.EpochRecord;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.plots.HeatMaps.Grid;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

class ShowTest {

    private static final VectorField<TFloat64> DECAY = (tf, t, u, theta) -> tf.math.neg(u);

    private static Solution<TFloat64> decay(Ops tf) {
        return OdeSolver.of(DECAY, Methods.RK4, new FixedSteps(0.1))
                .solve(
                        tf,
                        tf.constant(new double[][] {{1, 2}, {3, 4}, {5, 6}}),
                        Values.empty(),
                        SaveAt.times(0, 0.5, 1));
    }

    /** How many pixels are not of the colour of the corner. */
    private static int ink(BufferedImage image) {
        int ink = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                ink += image.getRGB(x, y) == image.getRGB(0, 0) ? 0 : 1;
            }
        }
        return ink;
    }

    @Test
    void theNumbersOfASolutionAreThoseOfItsSamples() {
        Solved solved = Solved.of(ShowTest::decay);
        assertThat(solved.samples()).isEqualTo(3);
        assertThat(solved.size()).isEqualTo(2);
        assertThat(solved.times(1)).containsExactly(0, 0.5, 1);
        assertThat(solved.component(2, 1))
                .containsExactly(new double[] {6, 6 * Math.exp(-0.5), 6 * Math.exp(-1)}, within(1e-5));
        assertThat(solved.last(0)).containsExactly(new double[] {Math.exp(-1), 2 * Math.exp(-1)}, within(1e-5));
        assertThat(solved.states(1)).startsWith(3, 4);
        assertThat(solved.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(solved.cost()).isEqualTo(new Solved.Cost(40, 0, 10, 0));
        assertThatThrownBy(() -> solved.component(3, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no sample 3: give 0 to 2");
    }

    @Test
    void aSolutionShowsItselfAndWhyItFailed() {
        BufferedImage good = Show.solution("decay", ShowTest::decay);
        assertThat(ink(good)).isGreaterThan(2000);
        Solved failed = Solved.of(tf -> OdeSolver.of(DECAY, Methods.RK4, new FixedSteps(1e6))
                .solve(tf, tf.constant(new double[][] {{1e300}}), Values.empty(), SaveAt.times(0, 1e6, 1e8)));
        assertThat(failed.outcome()).isEqualTo(Outcome.NON_FINITE);
        assertThat(ink(Show.solution("d", failed)))
                .isGreaterThan(ink(Show.solution("d", Solved.of(ShowTest::decay))) / 4);
        Solved wide = Solved.of(tf -> OdeSolver.of(DECAY, Methods.RK4, new FixedSteps(0.5))
                .solve(tf, tf.ones(tf.constant(new int[] {1, 9}), TFloat64.class), Values.empty(), SaveAt.times(0, 1)));
        assertThat(Show.solution("a map", wide).getHeight()).isLessThan(good.getHeight());
    }

    @Test
    void everythingElseIsAPicture() {
        EpochRecord first = new EpochRecord(1, 0.1, 1, 2, 2, 1, 4, 4, 4, 1, 0, Map.of());
        EpochRecord second = new EpochRecord(2, 0.1, 0.5, 1, 1, 1, 4, 4, 4, 1, 0, Map.of());
        assertThat(List.of(
                        Show.losses("losses", List.of(first, second)),
                        Show.curves("c", Show.axis("x"), Show.logAxis("y"), Show.curve("a", 1, 2, 3)),
                        Show.fields(new Grid(2, 1, 1), Show.field("f", new double[] {1, 2, 3, 4})),
                        Show.scatters(new int[] {0, 1}, Show.panel("p", new double[] {0, 1}, new double[] {1, 0})),
                        Show.table(List.of("name", "number"), List.of(List.of("a", 1.0), List.of("b", 22)))))
                .allSatisfy(image -> assertThat(ink(image)).isGreaterThan(300));
        assertThatThrownBy(() -> Show.fields(new Grid(2, 1, 1), Show.field("f", new double[3])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 values, which are no rows of 2 points");
        assertThatThrownBy(() -> Show.table(List.of("one"), List.of(List.of(1, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 cells for 1 columns");
    }

    /** What is left on the line depends on no clock. */
    @Test
    void progressLeavesOneLine() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Progress progress = new Progress("cells", 3, new PrintStream(written, true, StandardCharsets.UTF_8));
        progress.at(1, "a long remark");
        progress.at(2, "never seen: too soon");
        progress.at(3, "end");
        String text = written.toString(StandardCharsets.UTF_8);
        assertThat(text).doesNotContain("too soon");
        assertThat(text.substring(text.lastIndexOf('\r') + 1))
                .isEqualToIgnoringNewLines(
                        "cells: 3 of 3, end" + " ".repeat("a long remark".length() - "end".length()));
    }

    /** As kernels have it. */
    public static final class Kernel {
        private static Object shown = "";

        private Kernel() {}

        /** Shows a value. */
        public static String display(Object value) {
            shown = value;
            return "id";
        }
    }

    /** The way of an older kernel. */
    public static final class Older {
        private static Object shown = "";

        private Older() {}

        /** Shows a value in one of some ways. */
        public static String display(Object value, String... as) {
            shown = value;
            return "id" + as.length;
        }
    }

    @Test
    void aValueIsShownByTheKernelThatIsThere() {
        assertThat(Show.show("nobody sees it")).isFalse();
        assertThat(KernelDisplay.show("seen", List.of("no.such.Kernel", Kernel.class.getName())))
                .isTrue();
        assertThat(Kernel.shown).isEqualTo("seen");
        assertThat(KernelDisplay.show("older", List.of(Older.class.getName()))).isTrue();
        assertThat(Older.shown).isEqualTo("older");
    }
}
