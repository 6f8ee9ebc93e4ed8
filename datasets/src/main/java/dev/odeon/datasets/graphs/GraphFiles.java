package dev.odeon.datasets.graphs;

import dev.odeon.datasets.DataException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a graph in whichever of the known forms a path leads to. */
public final class GraphFiles {
    private GraphFiles() {}

    /**
     * Reads a graph.
     *
     * @param path an .npz archive ({@link NpzGraphs}) or a folder of Arrow tables ({@link ArrowGraphs})
     * @return the graph as it was stored
     * @throws DataException if there is nothing, or something else
     */
    public static GraphData read(Path path) {
        if (Files.isDirectory(path)) {
            return ArrowGraphs.read(path);
        }
        return NpzGraphs.read(path);
    }
}
