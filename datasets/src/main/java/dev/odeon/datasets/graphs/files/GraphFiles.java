package dev.odeon.datasets.graphs.files;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a graph in whichever of the known forms a path leads to. */
public final class GraphFiles {
    private static final Pattern PLANETOID = Pattern.compile("ind\\.(\\w+)\\.graph");

    private GraphFiles() {}

    /**
     * Reads a graph.
     *
     * @param path an .npz archive ({@link NpzGraphs}), a file {@code ind.NAME.graph} ({@link PlanetoidGraphs}), a zip
     *     archive or folder of the Open Graph Benchmark split by time ({@link OgbGraphs}), or a folder of Arrow tables
     *     ({@link ArrowGraphs})
     * @return the graph as it was stored
     * @throws DataException if there is nothing, or something else
     */
    public static GraphData read(Path path) {
        if (Files.isDirectory(path) && !OgbGraphs.isOne(path)) {
            return ArrowGraphs.read(path);
        }
        Matcher planetoid = PLANETOID.matcher(String.valueOf(path.getFileName()));
        if (planetoid.matches()) {
            return PlanetoidGraphs.read(path.toAbsolutePath().resolveSibling(""), planetoid.group(1))
                    .graph();
        }
        if (OgbGraphs.isOne(path)) {
            return OgbGraphs.read(path, "time").graph();
        }
        return NpzGraphs.read(path);
    }

    /**
     * Reads the split that a file brings along, if it is an .npz archive with masks.
     *
     * @param path any of the above
     * @param number which of several splits, counted on from the first again behind the last
     * @return the split of the graph as it was stored
     * @throws DataException if the masks are damaged or do not fit the graph
     */
    public static Optional<Split> split(Path path, long number) {
        return Files.isRegularFile(path) && path.toString().endsWith(".npz")
                ? NpzGraphs.split(path, number)
                : Optional.empty();
    }
}
