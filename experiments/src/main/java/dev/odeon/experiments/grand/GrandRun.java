package dev.odeon.experiments.grand;

import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.experiments.training.ExperimentRun;
import dev.odeon.models.grand.GrandTraining;
import dev.odeon.models.schedules.Constant;
import dev.odeon.models.schedules.Schedule;
import dev.odeon.models.training.Evaluation;
import dev.odeon.models.training.Iteration;
import dev.odeon.models.training.TrainingResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.types.family.TFloating;

/** A diffusion on its graph, ready to train. */
final class GrandRun<T extends TFloating> implements ExperimentRun {

    private final GraphData data;
    private final GrandTraining<T> training;

    GrandRun(GraphData data, GrandTraining<T> training) {
        this.data = data;
        this.training = training;
    }

    @Override
    public Schedule schedule() {
        return new Constant(training.learningRate());
    }

    /** The test accuracy is that of the epoch with the best validation accuracy: the test nodes choose nothing. */
    @Override
    public Map<String, Object> finish(TrainingResult result, Path out) {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("nodes", data.nodes());
        entries.put("edges", data.undirectedEdges());
        entries.put("classes", data.classes());
        entries.put("parameters", training.parameterCount());
        result.best().metrics().forEach(entries::put);
        return entries;
    }

    @Override
    public int batches() {
        return training.batches();
    }

    @Override
    public Iteration train(int epoch, int batch, double learningRate) {
        return training.train(epoch, batch, learningRate);
    }

    @Override
    public Evaluation evaluate() {
        return training.evaluate();
    }

    @Override
    public void save(Path prefix) {
        training.save(prefix);
    }

    @Override
    public void restore(Path prefix) {
        training.restore(prefix);
    }

    @Override
    public void close() {
        training.close();
    }
}
