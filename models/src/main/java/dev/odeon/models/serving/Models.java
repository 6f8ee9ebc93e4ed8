package dev.odeon.models.serving;

import dev.odeon.graph.export.LoadedModel;
import dev.odeon.graph.export.SavedModelFolder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Loads trained models. */
public final class Models {

    private Models() {}

    /**
     * Loads a model, ready to predict.
     *
     * <pre>{@code
     * try (Model model = Models.load(Path.of("out/ks"))) {
     *     double[][] next = model.predict(states);
     * }
     * }</pre>
     *
     * @param folder of a training run, whose best epoch is taken, or of a SavedModel without variables, such as {@code
     *     odeon export} writes
     * @return a model, to be closed by the caller
     * @throws IllegalArgumentException if there is neither, or what is there is damaged
     */
    public static Model load(Path folder) {
        if (SavedModelFolder.is(folder)) {
            return new Model(LoadedModel.of(SavedModelFolder.read(folder)));
        }
        if (RunModel.isIn(folder)) {
            return new Model(LoadedModel.of(RunModel.read(folder).best(folder)));
        }
        String found = !Files.isDirectory(folder)
                ? "There is no folder " + folder
                : Files.exists(folder.resolve("settings.json"))
                        ? folder + " is a run of an earlier version, without the graph of its model"
                        : folder + " holds neither a run nor a SavedModel";
        throw new IllegalArgumentException(
                found + ": name the --out folder of a run or of an export; odeon export makes a SavedModel of any run");
    }
}
