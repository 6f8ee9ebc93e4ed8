package dev.odeon.graph.export;

import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.files.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/**
 * A SavedModel on disk: what TensorFlow Serving, Python and TensorFlow Java load.
 *
 * <p>The folder holds {@code saved_model.pb}, whose parameters are constants, and so neither variables nor a checkpoint, and
 * texts in {@code assets.extra}, which loaders do not look at.
 */
public final class SavedModelFolder {

    private static final String FILE = "saved_model.pb";
    private static final String EXTRA = "assets.extra";
    private static final int SCHEMA = 1;

    private SavedModelFolder() {}

    /** Writes a model without texts. */
    public static void write(ModelGraph model, Path folder) {
        write(model, folder, Map.of());
    }

    /**
     * Writes a model.
     *
     * @param folder new or empty; it appears whole or not at all
     * @param texts of files in {@code assets.extra} by their names
     * @throws IllegalArgumentException if the folder holds something, or parameters are open
     * @throws UncheckedIOException if it cannot be written
     */
    public static void write(ModelGraph model, Path folder, Map<String, String> texts) {
        List<String> open = model.parameters().stream().map(TensorSpec::name).toList();
        if (!open.isEmpty()) {
            throw new IllegalArgumentException(
                    "The parameters " + open + " have no values: write what frozen(...) returns");
        }
        requireEmpty(folder);
        Path target = folder.toAbsolutePath();
        Path part = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            Folders.delete(part);
            Files.createDirectories(part);
            Files.write(
                    part.resolve(FILE),
                    SavedModel.newBuilder()
                            .setSavedModelSchemaVersion(SCHEMA)
                            .addMetaGraphs(model.meta())
                            .build()
                            .toByteArray());
            for (Map.Entry<String, String> text : texts.entrySet()) {
                Files.createDirectories(part.resolve(EXTRA));
                Files.writeString(part.resolve(EXTRA).resolve(text.getKey()), text.getValue());
            }
            Files.deleteIfExists(target);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The model cannot be written to " + folder + ": choose another place", e);
        }
    }

    /**
     * Refuses a folder that holds something, before anything is computed for it.
     *
     * @throws IllegalArgumentException if it does
     */
    public static void requireEmpty(Path folder) {
        if (Files.notExists(folder)) {
            return;
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> entries = Files.list(folder)) {
                if (entries.findAny().isEmpty()) {
                    return;
                }
            } catch (IOException e) {
                throw new UncheckedIOException("The folder " + folder + " cannot be read: choose another place", e);
            }
        }
        throw new IllegalArgumentException(
                folder + " is there already: name a new or empty folder for the model; nothing is overwritten");
    }

    /** Whether a folder is a SavedModel. */
    public static boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE));
    }

    /**
     * Reads a model whose parameters are constants.
     *
     * @throws IllegalArgumentException if there is none, it has no graph for serving, or it has variables
     */
    public static ModelGraph read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!is(folder)) {
            throw new IllegalArgumentException(
                    "There is no " + FILE + " in " + folder + ": name the folder of a SavedModel");
        }
        try (InputStream in = Files.newInputStream(file)) {
            for (MetaGraphDef meta : SavedModel.parseFrom(in).getMetaGraphsList()) {
                if (meta.getMetaInfoDef().getTagsList().contains(ModelGraph.TAG)) {
                    return ModelGraph.of(meta, file);
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " is no readable SavedModel: export it again", e);
        }
        throw new IllegalArgumentException(
                file + " has no graph with the tag '" + ModelGraph.TAG + "': export it for serving");
    }
}
