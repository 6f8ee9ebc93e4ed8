package dev.odeon.models.grand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.SplitProtocol;
import dev.odeon.datasets.graphs.files.GraphFiles;
import dev.odeon.graph.Compilation;
import dev.odeon.models.schedules.Constant;
import dev.odeon.models.training.runs.EpochRecord;
import dev.odeon.models.training.runs.Trainer;
import dev.odeon.models.training.runs.TrainingResult;
import dev.odeon.solvers.Methods;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.tensorflow.types.TFloat32;

/** Real data, from the folder in the environment variable ODEON_DATA; skipped without it. */
class CoraTest {

    private static GraphData cora() {
        String folder = System.getenv("ODEON_DATA");
        Assumptions.assumeTrue(folder != null, "needs graphs/cora.npz: set ODEON_DATA to a folder that has it");
        Path file = Path.of(String.valueOf(folder), "graphs", "cora.npz");
        Assumptions.assumeTrue(Files.isRegularFile(file), "needs " + file);
        return GraphFiles.read(file).standard();
    }

    @Test
    void tenEpochsClassifyMostPapersWithTheEvaluationsOfThePaper() {
        GraphData cora = cora();
        try (GrandTraining<TFloat32> training = new GrandTraining<>(
                GrandSettings.cora(),
                cora,
                SplitProtocol.of(1500).split(cora, 0),
                SolverSettings.of(Methods.IMEX_RK2, 1).withCompilation(Compilation.EXECUTOR),
                TFloat32.class,
                0)) {
            TrainingResult result =
                    Trainer.of(10, new Constant(training.learningRate())).start(training);
            EpochRecord best = result.best();
            assertThat(best.metrics().get("testAccuracy")).isGreaterThan(0.77);
            assertThat(best.nfeForward() + best.nfeBackward() + best.nfeEvaluation())
                    .isEqualTo(114);
        }
    }
}
