package dev.odeon.plots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.plots.Curves.Axis;
import dev.odeon.plots.Curves.Curve;
import dev.odeon.plots.Curves.Scale;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurvesTest {

    private static final int WHITE = 0xFFFFFFFF;

    @TempDir
    private Path folder = Path.of("");

    private int ink(Scale x, Scale y, List<Curve> curves) throws IOException {
        Path file = folder.resolve("curves.png");
        Curves.write(file, "title", new Axis("x", x), new Axis("y", y), curves);
        BufferedImage image = ImageIO.read(file.toFile());
        int ink = 0;
        for (int i = 0; i < image.getWidth(); i++) {
            for (int k = 0; k < image.getHeight(); k++) {
                ink += image.getRGB(i, k) == WHITE ? 0 : 1;
            }
        }
        return ink;
    }

    @Test
    void moreCurvesAreMoreInk() throws IOException {
        Curve falling = new Curve("a", new double[] {1, 10, 100}, new double[] {1, 1e-4, 1e-9});
        Curve rising = new Curve("a", new double[] {1, 10, 100}, new double[] {1e-9, 1e-4, 1});
        int one = ink(Scale.LOGARITHMIC, Scale.LOGARITHMIC, List.of(falling));
        assertThat(ink(Scale.LOGARITHMIC, Scale.LOGARITHMIC, List.of(falling, new Curve("b", rising.x(), rising.y()))))
                .isGreaterThan(one + 1000);
    }

    @Test
    void drawsWhateverASolveMayGive() throws IOException {
        double[] x = {0, 1, 2, 3};
        double[] odd = {0, Double.NaN, Double.POSITIVE_INFINITY, 5};
        assertThat(ink(Scale.LINEAR, Scale.LOGARITHMIC, List.of(new Curve("a", x, odd))))
                .isPositive();
        assertThat(ink(Scale.LOGARITHMIC, Scale.LINEAR, List.of(new Curve("a", x, new double[] {2, 2, 2, 2}))))
                .isPositive();
        assertThat(ink(Scale.LOGARITHMIC, Scale.LOGARITHMIC, List.of(new Curve("none", new double[0], new double[0]))))
                .isPositive();
    }

    @Test
    void longCurvesHaveAFewMarksAtPlacesOfTheirOwn() {
        List<Integer> first = IntStream.range(0, 200)
                .filter(item -> SparseMarks.shown(0, item, 200))
                .boxed()
                .toList();
        List<Integer> second = IntStream.range(0, 200)
                .filter(item -> SparseMarks.shown(1, item, 200))
                .boxed()
                .toList();
        assertThat(first).hasSizeBetween(10, 14).doesNotContainAnyElementsOf(second);
        assertThat(IntStream.range(0, 20).allMatch(item -> SparseMarks.shown(3, item, 20)))
                .isTrue();
    }

    @Test
    void refusesAValueWithoutAPlace() {
        assertThatThrownBy(() -> new Curve("a", new double[1], new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 places and 2 values");
    }
}
