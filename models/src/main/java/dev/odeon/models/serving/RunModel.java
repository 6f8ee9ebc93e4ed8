package dev.odeon.models.serving;

import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.export.ModelGraph;
import dev.odeon.graph.parameters.Checkpoint;
import dev.odeon.models.training.runs.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Tensor;

/**
 * What the folder of a training run keeps of its model: the graph of its predictions with open parameters, and its card.
 *
 * <p>Together with the checkpoint of the best epoch this is the trained model, also while the run goes on. Parameters are those
 * that were trained, not a mean of theirs.
 *
 * @param graph with open parameters
 * @param card what its inputs and outputs mean
 */
public record RunModel(ModelGraph graph, String card) {

    private static final String FOLDER = "model";
    private static final String GRAPH = "graph.pb";
    private static final String CARD = "model_card.md";

    /**
     * Keeps a model in the folder of its run.
     *
     * @param run the folder
     * @throws UncheckedIOException if it cannot be written
     */
    public static void write(ServedModel model, Path run) {
        ModelGraph graph = model.graph(ServedModel.Functions.PREDICTION);
        Path folder = run.resolve(FOLDER);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(CARD), model.card(graph));
            graph.write(folder.resolve(GRAPH));
        } catch (IOException e) {
            throw new UncheckedIOException("The model cannot be written to " + folder + ": make room", e);
        }
    }

    /** Whether a run's folder has one. */
    public static boolean isIn(Path run) {
        return Files.isRegularFile(run.resolve(FOLDER).resolve(GRAPH));
    }

    /**
     * Reads the model of a run.
     *
     * @param run the folder
     * @throws IllegalArgumentException if there is none, or it is damaged
     */
    public static RunModel read(Path run) {
        Path folder = run.resolve(FOLDER);
        if (!isIn(run)) {
            throw new IllegalArgumentException("There is no " + folder.resolve(GRAPH)
                    + ": name the folder of a run, or resume the run for an epoch, which writes it");
        }
        try {
            return new RunModel(ModelGraph.read(folder.resolve(GRAPH)), Files.readString(folder.resolve(CARD)));
        } catch (IOException e) {
            throw new IllegalArgumentException(folder.resolve(CARD) + " cannot be read: restore it from a copy", e);
        }
    }

    /**
     * The graph with the parameters of the best epoch.
     *
     * @param run whose checkpoints are read
     * @throws IllegalArgumentException if the run has finished no epoch, or its checkpoint is of another model
     */
    public ModelGraph best(Path run) {
        return best(graph, run);
    }

    /** The same of any graph with parameters that the checkpoints of a run hold. */
    public static ModelGraph best(ModelGraph graph, Path run) {
        List<TensorSpec> parameters = graph.parameters();
        Path checkpoint = new RunFolder(run).best();
        Map<String, Tensor> values = new LinkedHashMap<>(Checkpoint.read(checkpoint, parameters));
        try {
            return graph.frozen(values);
        } finally {
            values.values().forEach(Tensor::close);
        }
    }
}
