package dev.odeon.graph.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

class DropoutTest {

    private static final int COUNT = 20_000;

    @Test
    void theShareOfZerosIsTheRateAndTheOthersKeepTheMean() {
        double[] y = dropped(TFloat64.class, 0.3, 5, 1, Compilation.EXECUTOR);
        double zeros = Arrays.stream(y).filter(x -> x == 0).count() / (double) COUNT;
        // Four standard deviations of a binomial share.
        assertThat(zeros).isCloseTo(0.3, within(4 * Math.sqrt(0.3 * 0.7 / COUNT)));
        assertThat(Arrays.stream(y).filter(x -> x != 0)).allMatch(x -> Math.abs(x - 1 / 0.7) < 1e-15);
    }

    @Test
    void oneSeedGivesOneMaskForBothElementTypes() {
        double[] wide = dropped(TFloat64.class, 0.5, 5, 1, Compilation.EXECUTOR);
        assertThat(dropped(TFloat64.class, 0.5, 5, 1, Compilation.EXECUTOR)).isEqualTo(wide);
        assertThat(dropped(TFloat32.class, 0.5, 5, 1, Compilation.EXECUTOR)).isEqualTo(wide);
    }

    @Test
    void xlaDropsTheSameShare() {
        double[] y = dropped(TFloat32.class, 0.3, 5, 1, Compilation.XLA);
        double zeros = Arrays.stream(y).filter(x -> x == 0).count() / (double) COUNT;
        assertThat(zeros).isCloseTo(0.3, within(4 * Math.sqrt(0.3 * 0.7 / COUNT)));
        assertThat(dropped(TFloat32.class, 0.3, 5, 1, Compilation.XLA)).isEqualTo(y);
    }

    @Test
    void otherSeedsAndOtherStreamsGiveOtherMasks() {
        double[] mask = dropped(TFloat64.class, 0.5, 5, 1, Compilation.EXECUTOR);
        double[] otherSeed = dropped(TFloat64.class, 0.5, 6, 1, Compilation.EXECUTOR);
        double[] otherStream = dropped(TFloat64.class, 0.5, 5, 2, Compilation.EXECUTOR);
        assertThat(agreement(mask, otherSeed)).isCloseTo(0.5, within(0.02));
        assertThat(agreement(mask, otherStream)).isCloseTo(0.5, within(0.02));
    }

    @Test
    void theRateZeroChangesNothing() {
        assertThat(dropped(TFloat64.class, 0, 5, 1, Compilation.EXECUTOR)).containsOnly(1);
    }

    @Test
    void aRateOutOfRangeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Dropout(1)).withMessageContaining("rate is 1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> new Dropout(Double.NaN));
    }

    private static double agreement(double[] a, double[] b) {
        int same = 0;
        for (int i = 0; i < a.length; i++) {
            same += a[i] == b[i] ? 1 : 0;
        }
        return same / (double) a.length;
    }

    private static <T extends TFloating> double[] dropped(
            Class<T> type, double rate, long seed, int stream, Compilation compilation) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            double[] ones = new double[COUNT];
            Arrays.fill(ones, 1);
            // The seed is fed: of constants TensorFlow computes the mask before XLA sees it.
            Operand<TInt64> placeholder = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
            Values arguments = Values.of("x", Floats.constant(tf, type, Shape.of(COUNT), ones))
                    .with("seed", placeholder);
            Values result = compilation.run(
                    tf,
                    "dropped",
                    arguments,
                    (inner, values) -> Values.of(
                            "y",
                            new Dropout(rate)
                                    .apply(inner, values.get("x", type), values.get("seed", TInt64.class), stream)));
            try (TInt64 fed = TInt64.vectorOf(seed, 3);
                    Result fetched = graph.session()
                            .runner()
                            .feed(placeholder, fed)
                            .fetch(result.get("y"))
                            .run()) {
                return Floats.read(fetched.get(0));
            }
        }
    }
}
