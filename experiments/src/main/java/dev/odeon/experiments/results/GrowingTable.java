package dev.odeon.experiments.results;

import dev.odeon.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/** A table that is on disk row by row, so that a command that is cut short leaves what it has found. */
public final class GrowingTable {

    private final Path file;
    private final List<String> columns;

    /** Begins the table with its header; the folder is made if it is missing. */
    GrowingTable(Path file, List<String> columns) {
        this.file = file;
        this.columns = List.copyOf(columns);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw unwritable(e);
        }
        append(String.join(",", columns), StandardOpenOption.CREATE_NEW);
    }

    /**
     * Adds a row.
     *
     * @param row numbers, words without commas, and enums
     * @throws IllegalArgumentException if it has another number of columns
     */
    public void add(List<?> row) {
        append(line(file, columns, row), StandardOpenOption.APPEND);
    }

    /** A row as it stands in a file. */
    static String line(Path file, List<String> columns, List<?> row) {
        if (row.size() != columns.size()) {
            throw new IllegalArgumentException("A row of " + file.getFileName() + " has " + row.size() + " entries for "
                    + columns.size() + " columns: give one for each");
        }
        return row.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private void append(String line, StandardOpenOption how) {
        try {
            Files.write(file, List.of(line), StandardOpenOption.WRITE, how);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private DataException unwritable(IOException e) {
        return DataException.of(
                file, "cannot be written", "a folder you may write to", "name another folder with --out", e);
    }
}
