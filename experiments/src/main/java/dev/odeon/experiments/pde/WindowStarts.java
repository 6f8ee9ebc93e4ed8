package dev.odeon.experiments.pde;

import dev.odeon.graph.TensorSpec;
import dev.odeon.models.training.data.BatchSource;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * TrainingWindows as the rows of a training: one column, the number of each window's first state.
 *
 * @param starts first rows
 */
record WindowStarts(List<Integer> starts) implements BatchSource {

    WindowStarts {
        starts = List.copyOf(starts);
    }

    @Override
    public int rows() {
        return starts.size();
    }

    @Override
    public List<TensorSpec> columns() {
        return List.of(new TensorSpec(PdeObjective.ROWS, TInt32.class, Shape.scalar(), false));
    }

    @Override
    public Map<String, TType> load(int[] rows) {
        int[] chosen = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosen[i] = starts.get(rows[i]);
        }
        return Map.of(PdeObjective.ROWS, TInt32.vectorOf(chosen));
    }
}
