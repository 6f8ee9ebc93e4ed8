package dev.odeon.experiments.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odeon.datasets.AtomicFile;
import dev.odeon.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder a command writes its results to; nothing in it is ever overwritten by another run. */
public final class ResultFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    private ResultFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * A folder for new results.
     *
     * @throws IllegalArgumentException if it is a file or holds anything
     */
    public static ResultFiles fresh(Path folder) {
        requireFresh(folder, "name another folder");
        return new ResultFiles(folder);
    }

    /** Further results in a folder that holds some already. */
    public static ResultFiles in(Path folder) {
        return new ResultFiles(folder);
    }

    /**
     * Refuses a folder that is not fit for new results.
     *
     * @param remedy what to do about files that it holds
     * @param ignored names of files that do not count
     * @throws IllegalArgumentException if it is a file, or in one, or holds anything
     * @throws DataException if nothing can be written there
     */
    public static void requireFresh(Path folder, String remedy, String... ignored) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--out " + folder + " is a file: name a folder");
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> entries = Files.list(folder)) {
                List<String> allowed = List.of(ignored);
                if (entries.anyMatch(entry -> !allowed.contains(String.valueOf(entry.getFileName())))) {
                    throw new IllegalArgumentException(
                            "--out " + folder + " holds files already: " + remedy + "; nothing is overwritten");
                }
            } catch (IOException e) {
                throw DataException.of(
                        folder, "cannot be listed", "a folder you may read", "name another folder with --out", e);
            }
        }
        requireWritable(folder);
    }

    /** Tries it where the folder is, or where it would be made: before the work of minutes, not after it. */
    private static void requireWritable(Path folder) {
        Path place = folder.toAbsolutePath().normalize();
        while (place.getParent() != null && !Files.exists(place)) {
            place = place.getParent();
        }
        if (!Files.isDirectory(place)) {
            throw new IllegalArgumentException(
                    "--out " + folder + " cannot be made, " + place + " is a file: name another folder");
        }
        try {
            Files.delete(Files.createTempFile(place, "odeon", ".probe"));
        } catch (IOException e) {
            throw DataException.of(
                    folder, "cannot be written", "a folder you may write to", "name another folder with --out", e);
        }
    }

    /** A file of the folder. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /**
     * Writes a table, {@code name.csv}.
     *
     * @param columns their names
     * @param rows numbers, words without commas, and enums
     * @throws IllegalArgumentException if a row has another number of columns
     */
    public void table(String name, List<String> columns, List<? extends List<?>> rows) {
        List<String> lines = new ArrayList<>();
        lines.add(String.join(",", columns));
        for (List<?> row : rows) {
            lines.add(GrowingTable.line(file(name + ".csv"), columns, row));
        }
        AtomicFile.write(file(name + ".csv"), target -> Files.write(target, lines));
    }

    /** Begins a table, {@code name.csv}, that is written row by row. */
    public GrowingTable growing(String name, List<String> columns) {
        return new GrowingTable(file(name + ".csv"), columns);
    }

    /** What a command says at its end: the names of all files, and where they are. */
    public String told() {
        try (Stream<Path> entries = Files.list(folder)) {
            return "written to " + folder + ": "
                    + entries.map(entry -> String.valueOf(entry.getFileName()))
                            .sorted()
                            .collect(Collectors.joining(", "));
        } catch (IOException e) {
            throw DataException.of(folder, "cannot be listed", "the results", "look whether the folder is there", e);
        }
    }

    /** Writes {@code summary.json}. */
    public void summary(Map<String, ?> summary) {
        json("summary", summary);
    }

    /** Writes {@code name.json}. */
    public void json(String name, Map<String, ?> entries) {
        AtomicFile.write(
                file(name + ".json"),
                target -> JSON.writerWithDefaultPrettyPrinter().writeValue(target.toFile(), entries));
    }
}
