package dev.odeon.datasets.csv.lines;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Splits a text into lines of fields, with bounds on both.
 *
 * <p>It is left to the caller to compare the lengths of the lines. A line beyond the bounds is met with FastCSV's
 * {@code CsvParseException}, a broken stream with an {@code UncheckedIOException}.
 */
public final class CsvLines {
    /** More than any number, date or name needs. */
    private static final int LONGEST_FIELD = 1 << 12;

    private static final int LONGEST_LINE = 1 << 22;
    private static final int MOST_FIELDS = 1 << 16;

    private CsvLines() {}

    /** {@return the lines of a text in UTF-8, separated by commas} */
    public static CsvReader<CsvRecord> of(InputStream in) {
        return of(in, builder());
    }

    /** {@return the settings that all files share} */
    public static CsvReader.CsvReaderBuilder builder() {
        return CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .detectBomHeader(true)
                .maxBufferSize(LONGEST_LINE);
    }

    /** {@return the lines of a text in UTF-8, by the settings of a builder} */
    public static CsvReader<CsvRecord> of(InputStream in, CsvReader.CsvReaderBuilder builder) {
        CsvRecordHandler handler = CsvRecordHandler.builder()
                .maxFields(MOST_FIELDS)
                .maxFieldSize(LONGEST_FIELD)
                .maxRecordSize(LONGEST_LINE)
                .build();
        return builder.build(handler, in, StandardCharsets.UTF_8);
    }
}
