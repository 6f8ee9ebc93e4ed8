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
     * The counts of the thesis; of anode on Walker2D it prints 8815, four fewer than the authors' code has, and none of sonode.
     */
    @ParameterizedTest
    @CsvSource({
        "PLANE_VIBRATION, NODE, 15986",
        "PLANE_VIBRATION, ANODE, 16730",
        "PLANE_VIBRATION, SONODE, 16649",
        "PLANE_VIBRATION, HBNODE, 16127",
        "PLANE_VIBRATION, GHBNODE, 16127",
        "WALKER2D, NODE, 8729",
        "WALKER2D, ANODE, 8819",
        "WALKER2D, SONODE, 8757",
        "WALKER2D, HBNODE, 8899",
        "WALKER2D, GHBNODE, 8899"
    })
    void hasTheCountsOfTheThesis(Recipe recipe, ModelKind kind, long count) {
        try (Graph graph = new Graph()) {
            Parameters parameters = new Parameters(Ops.create(graph), 0);
            SeriesModel<TFloat64> model = recipe.model(kind, recipe.hidden(kind));
            model.declare(parameters, TFloat64.class);
            assertThat(parameters.count()).isEqualTo(count);
        }
    }
}
