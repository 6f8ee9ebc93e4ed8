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
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a text file of comma-separated values, plain or compressed.
 *
 * <p>Fields become float64: numbers as they are, dates and times ({@code 2016-07-01}, {@code 2016-07-01 13:00:00.25},
 * {@code 2016-07-01T13:00:00+02:00}, {@code 1749-01}) as seconds since 1970 in UTC, or since the format's origin, missing
 * ones as NaN. A time with more digits than float64 can tell is refused. A column without a name in which every field is
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
    private final Set<String> times;

    private CsvTable(Path path, Map<String, double[]> columns, int rows, Set<String> times) {
        this.times = times;
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
        CsvReader<CsvRecord> lines = lines(in, format);
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

    /**
     * Whether a text begins with the names of its columns.
     *
     * @param in the text in UTF-8
     * @param format how it is written
     * @return false if its first line is a comment or holds values; true also if it is no such text
     * @throws IOException if the stream breaks
     */
    public static boolean beginsWithNames(InputStream in, CsvFormat format) throws IOException {
        try {
            return lines(in, format).stream()
                    .findFirst()
                    .map(line -> !line.isComment()
                            && new HeaderLine(format)
                                    .isNames(line.getFields().stream()
                                            .map(String::strip)
                                            .toList()))
                    .orElse(true);
        } catch (CsvParseException e) {
            return true;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static CsvReader<CsvRecord> lines(InputStream in, CsvFormat format) {
        return CsvLines.of(
                in,
                CsvLines.builder()
                        .fieldSeparator(format.separator())
                        .commentStrategy(CommentStrategy.READ)
                        .commentCharacter(format.comment()));
    }

    /** {@return the file} */
    public Path path() {
        return path;
    }

    /** {@return whether a column holds dates or times: seconds since the format's origin} */
    public boolean isTime(String name) {
        return times.contains(name);
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
        private final Set<String> times = new HashSet<>();
        private @Nullable List<String> names;
        private String comment = "";
        private int rows;

        Parse(Path path, CsvFormat format) {
            this.path = path;
            this.format = format;
        }

        void line(CsvRecord line) {
            if (line.isComment()) {
                comment = line.getField(0);
                return;
            }
            if (names == null && begin(line)) {
                return;
            }
            if (line.getFieldCount() != columns.size()) {
                throw wrong(line, line.getFieldCount() + " fields", columns.size() + " as in the first line");
            }
            for (int i = 0; i < columns.size(); i++) {
                String field = line.getField(i).strip();
                columns.get(i).add(value(line, field, names().get(i)));
            }
            rows++;
            if ((long) rows * columns.size() > MOST_CELLS) {
                throw wrong(line, "more than " + MOST_CELLS + " numbers", "a smaller table");
            }
        }

        private double value(CsvRecord line, String field, String column) {
            double value = format.missing().contains(field) ? Double.NaN : Fields.parse(field);
            if (value != Fields.NOTHING && !Double.isInfinite(value)) {
                return value;
            }
            Optional<LocalDateTime> time = Times.parse(field);
            if (time.isEmpty()) {
                throw wrong(line, "'" + field + "' in column '" + column + "'", "a number or a date");
            }
            if (!Times.isTold(field, format.origin(), time.get())) {
                throw DataException.of(
                        path,
                        "time '" + field + "' in line " + line.getStartingLineNumber(),
                        "digits that seconds since " + format.origin() + " have in float64",
                        "read it with CsvFormat.withOrigin(a time near the first row)");
            }
            times.add(column);
            return Times.seconds(format.origin(), time.get());
        }

        /** Finds the names; {@return whether they are this line} */
        private boolean begin(CsvRecord line) {
            if (line.getFieldCount() > MOST_COLUMNS) {
                throw wrong(line, line.getFieldCount() + " fields", "at most " + MOST_COLUMNS);
            }
            List<String> fields = line.getFields().stream().map(String::strip).toList();
            fields.forEach(field -> columns.add(new DoubleList()));
            HeaderLine header = new HeaderLine(format);
            boolean named = header.isNames(fields);
            names = named ? fields : header.otherwise(comment, fields.size());
            return named;
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
            return new CsvTable(path, result, rows, Set.copyOf(times));
        }

        private DataException wrong(CsvRecord line, String found, String expected) {
            return DataException.of(path, found + " in line " + line.getStartingLineNumber(), expected, REMEDY);
        }
    }
}
