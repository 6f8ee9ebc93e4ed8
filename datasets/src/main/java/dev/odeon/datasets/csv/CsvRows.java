package dev.odeon.datasets.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.odeon.datasets.DataException;
import dev.odeon.datasets.csv.lines.CsvLines;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Reads lines of plain numbers one by one, for tables too large to be kept as float64. */
public final class CsvRows {
    private CsvRows() {}

    /** Takes a line. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes the numbers of a line.
         *
         * @param line index of the line, from 0
         * @param values its numbers, all finite; overwritten by the next line
         */
        void take(int line, double[] values);
    }

    /**
     * Reads lines without names.
     *
     * @param path the file they come from, for messages
     * @param name the part of it, for messages
     * @param in the text in UTF-8
     * @param columns numbers per line
     * @param sink takes the lines
     * @return the number of lines
     * @throws DataException if a line has more or fewer fields, or one is no number
     * @throws IOException if the stream breaks
     */
    public static int read(Path path, String name, InputStream in, int columns, Sink sink) throws IOException {
        CsvReader<CsvRecord> lines = CsvLines.of(in, CsvLines.builder());
        double[] values = new double[columns];
        int count = 0;
        try {
            for (CsvRecord line : lines) {
                if (line.getFieldCount() != columns) {
                    throw wrong(path, name, line, line.getFieldCount() + " fields", columns + " numbers");
                }
                for (int i = 0; i < columns; i++) {
                    values[i] = Fields.parse(line.getField(i).strip());
                    if (!Double.isFinite(values[i])) {
                        throw wrong(path, name, line, "'" + line.getField(i) + "'", "a number");
                    }
                }
                sink.take(count++, values);
            }
            return count;
        } catch (CsvParseException e) {
            throw DataException.of(path, name + ": " + e.getMessage(), "comma-separated numbers", "fetch it again", e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static DataException wrong(Path path, String name, CsvRecord line, String found, String expected) {
        return DataException.of(
                path,
                found + " in " + name + ", line " + line.getStartingLineNumber(),
                expected,
                "fetch it again or correct the line");
    }
}
