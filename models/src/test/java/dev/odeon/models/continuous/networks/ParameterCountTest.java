package dev.odeon.models.continuous.networks;

import static dev.odeon.models.continuous.ModelKind.ANODE;
import static dev.odeon.models.continuous.ModelKind.GHBNODE;
import static dev.odeon.models.continuous.ModelKind.HBNODE;
import static dev.odeon.models.continuous.ModelKind.NODE;
import static dev.odeon.models.continuous.ModelKind.SONODE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.graph.TestGraph;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.continuous.Coefficient;
import dev.odeon.models.continuous.ModelKind;
import dev.odeon.models.continuous.MomentumSettings;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.types.TFloat32;

/** The thesis's tables 3.2 and 3.3; where it counts one parameter that nothing reads, one fewer. */
class ParameterCountTest {

    private static final MomentumSettings TRAINED = MomentumSettings.standard();
    private static final MomentumSettings FIXED = TRAINED.withSpring(new Coefficient.Fixed(2));

    static Stream<Arguments> pointClouds() {
        return Stream.of(
                Arguments.of(NODE, 2, 20, TRAINED, 525),
                Arguments.of(ANODE, 3, 20, TRAINED, 567),
                Arguments.of(SONODE, 2, 13, TRAINED, 528 - 1),
                Arguments.of(HBNODE, 2, 14, TRAINED, 568),
                Arguments.of(GHBNODE, 2, 14, FIXED, 568));
    }

    @ParameterizedTest
    @MethodSource("pointClouds")
    void ofPointClouds(ModelKind kind, int channels, int hidden, MomentumSettings settings, long expected) {
        try (TestGraph graph = new TestGraph()) {
            Parameters parameters = new Parameters(graph.tf(), 1);
            new DenseBlock(kind, new BlockSizes(2, channels, hidden), settings)
                    .declare(parameters, "model", TFloat32.class);
            ReadOut.declare(parameters, "out", TFloat32.class, channels, 1);
            assertThat(parameters.count()).isEqualTo(expected);
        }
    }

    static Stream<Arguments> images() {
        return Stream.of(
                Arguments.of(NODE, 1, 1, 92, TRAINED, 85_316),
                Arguments.of(ANODE, 1, 6, 64, TRAINED, 85_462),
                Arguments.of(SONODE, 1, 5, 50, TRAINED, 86_179),
                Arguments.of(HBNODE, 1, 5, 50, TRAINED, 85_931 - 1),
                Arguments.of(GHBNODE, 1, 6, 45, TRAINED, 85_235),
                Arguments.of(NODE, 3, 3, 125, TRAINED, 173_611),
                Arguments.of(ANODE, 3, 13, 64, TRAINED, 172_452),
                Arguments.of(SONODE, 3, 12, 50, TRAINED, 171_635),
                Arguments.of(HBNODE, 3, 12, 51, TRAINED, 172_916),
                Arguments.of(GHBNODE, 3, 12, 51, FIXED, 172_916));
    }

    @ParameterizedTest
    @MethodSource("images")
    void ofImages(ModelKind kind, int features, int channels, int hidden, MomentumSettings settings, long expected) {
        try (TestGraph graph = new TestGraph()) {
            Parameters parameters = new Parameters(graph.tf(), 1);
            new ConvolutionalBlock(kind, new BlockSizes(features, channels, hidden), settings)
                    .declare(parameters, "model", TFloat32.class);
            int side = features == 1 ? 28 : 32;
            ReadOut.declare(parameters, "out", TFloat32.class, channels * side * side, 10);
            assertThat(parameters.count()).isEqualTo(expected);
        }
    }
}
