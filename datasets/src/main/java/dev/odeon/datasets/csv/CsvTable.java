package dev.odeon.datasets.csv;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.odeon.datasets.DataException;
import dev.odeon.datasets.archives.CompressedFile;
import dev.odeon.datasets.csv.lines.CsvLines;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a text file of comma-separated values, plain or compressed.
 *
 * <p>Fields become float64: numbers as they are, dates and times ({@code 2016-07-01}, {@code 2016-07-01 13:00:00},
 * {@code 1749-01}) as seconds since 1970 in UTC, missing ones as NaN. A column without a name in which every field is
 * empty, as a comma at the end of each line makes it, is left out. All lines must have equally many fields, and all fields
 * together be 2^27 at most; larger tables belong into Arrow files.
 */
public final class CsvTable {
    private static final long MOST_BYTES = 1L << 30;
    private static final int MOST_COLUMNS = 1 << 16;
    private static final int MOST_CELLS = 1 << 27;
    private static final String REMEDY = "correct the line or name another file";

    private final Path path;
    private final Map<String, double[]> columns;
    private final int rows;

    private CsvTable(Path path, Map<String, double[]> columns, int rows) {
        this.path = path;
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Reads a file.
     *
     * @param path the file, plain or compressed with gzip or xz
     * @param format how it is written
     * @return its columns
     * @throws DataException if it is missing or damaged, or a field is no number
     */
    public static CsvTable read(Path path, CsvFormat format) {
        return CompressedFile.read(path, MOST_BYTES, in -> read(path, in, format));
    }

    /**
     * Reads one table from an open stream.
     *
     * @param path the file it comes from, for messages
     * @param in the text in UTF-8
     * @param format how it is written
     * @return its columns
     * @throws DataException if a field is no number or the lines disagree
     * @throws IOException if the stream breaks
     */
    public static CsvTable read(Path path, InputStream in, CsvFormat format) throws IOException {
        CsvReader<CsvRecord> lines = CsvLines.of(
                in,
                CsvLines.builder()
                        .fieldSeparator(format.separator())
                        .commentStrategy(CommentStrategy.SKIP)
                        .commentCharacter(format.comment()));
        try {
            Parse parse = new Parse(path, format);
            for (CsvRecord line : lines) {
                parse.line(line);
            }
            return parse.end();
        } catch (CsvParseException e) {
            throw DataException.of(path, String.valueOf(e.getMessage()), "comma-separated values", REMEDY, e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** {@return the file} */
    public Path path() {
        return path;
    }

    /** {@return the names of the columns, in the order of the file} */
    public Set<String> names() {
        return columns.keySet();
    }

    /** {@return the number of lines with values} */
    public int rows() {
        return rows;
    }

    /**
     * One column.
     *
     * @param name its name
     * @return a number per row, NaN where it is missing; not copied
     * @throws DataException if there is no such column
     */
    public double[] column(String name) {
        double[] column = columns.get(name);
        if (column == null) {
            throw DataException.of(
                    path, "columns " + columns.keySet(), "a column called '" + name + "'", "name one of these");
        }
        return column;
    }

    /** The table as far as it was read. */
    private static final class Parse {
        private final Path path;
        private final CsvFormat format;
        private final List<DoubleList> columns = new ArrayList<>();
        private @Nullable List<String> names;
        private int rows;

        Parse(Path path, CsvFormat format) {
            this.path = path;
            this.format = format;
        }

        void line(CsvRecord line) {
            if (names == null) {
                begin(line);
                if (format.header() == CsvFormat.Header.NAMES) {
                    return;
                }
            }
            if (line.getFieldCount() != columns.size()) {
                throw wrong(line, line.getFieldCount() + " fields", columns.size() + " as in the first line");
            }
            for (int i = 0; i < columns.size(); i++) {
                String field = line.getField(i).strip();
                double value = format.missing().contains(field) ? Double.NaN : Fields.parse(field);
                if (Double.isInfinite(value)) {
                    throw wrong(line, "'" + field + "' in column '" + names().get(i) + "'", "a number or a date");
                }
                columns.get(i).add(value);
            }
            rows++;
            if ((long) rows * columns.size() > MOST_CELLS) {
                throw wrong(line, "more than " + MOST_CELLS + " numbers", "a smaller table");
            }
        }

        private void begin(CsvRecord line) {
            boolean named = format.header() == CsvFormat.Header.NAMES;
            List<String> found = new ArrayList<>();
            for (int i = 0; i < line.getFieldCount(); i++) {
                found.add(named ? line.getField(i).strip() : Integer.toString(i));
                columns.add(new DoubleList());
            }
            if (found.size() > MOST_COLUMNS) {
                throw wrong(line, found.size() + " fields", "at most " + MOST_COLUMNS);
            }
            names = found;
        }

        private List<String> names() {
            return Objects.requireNonNull(names);
        }

        CsvTable end() {
            if (names == null || rows == 0) {
                throw DataException.of(path, "no line with values", "comma-separated values", REMEDY);
            }
            Map<String, double[]> result = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                if (names.get(i).isEmpty() && columns.get(i).allMissing()) {
                    continue;
                }
                if (result.put(names.get(i), columns.get(i).toArray()) != null) {
                    throw DataException.of(
                            path, "two columns called '" + names.get(i) + "'", "different names", REMEDY);
                }
            }
            return new CsvTable(path, result, rows);
        }

        private DataException wrong(CsvRecord line, String found, String expected) {
            return DataException.of(path, found + " in line " + line.getStartingLineNumber(), expected, REMEDY);
        }
    }
}
