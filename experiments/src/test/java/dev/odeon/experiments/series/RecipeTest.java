package dev.odeon.experiments.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.continuous.ModelKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

class RecipeTest {

    /**
     * The counts of the thesis; of anode on Walker2D it prints 8815, four fewer than the authors' code has, and none of sonode. It
     * has no counts of silverbox: 25 weights and a bias for each channel of the start that is computed, two numbers to read h,
     * and one dense layer.
     */
    @ParameterizedTest
    @CsvSource({
        "plane-vibration, NODE, 15986",
        "plane-vibration, ANODE, 16730",
        "plane-vibration, SONODE, 16649",
        "plane-vibration, HBNODE, 16127",
        "plane-vibration, GHBNODE, 16127",
        "walker2d, NODE, 8729",
        "walker2d, ANODE, 8819",
        "walker2d, SONODE, 8757",
        "walker2d, HBNODE, 8899",
        "walker2d, GHBNODE, 8899",
        "silverbox, NODE, 31",
        "silverbox, ANODE, 37",
        "silverbox, SONODE, 58",
        "silverbox, HBNODE, 58",
        "silverbox, GHBNODE, 59"
    })
    void hasTheCountsOfTheThesis(String experiment, ModelKind kind, long count) {
        Recipe recipe = switch (experiment) {
            case "plane-vibration" -> new PlaneVibrationRecipe();
            case "walker2d" -> new Walker2dRecipe();
            default -> new SilverboxRecipe();
        };
        try (Graph graph = new Graph()) {
            Parameters parameters = new Parameters(Ops.create(graph), 0);
            SeriesModel<TFloat64> model = recipe.model(kind, recipe.hidden(kind));
            model.declare(parameters, TFloat64.class);
            assertThat(parameters.count()).isEqualTo(count);
        }
    }
}
