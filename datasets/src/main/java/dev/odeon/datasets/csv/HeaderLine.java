package dev.odeon.datasets.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tells the names of columns from values.
 *
 * @param format how the file is written
 */
record HeaderLine(CsvFormat format) {

    /** {@return whether the first line that is no comment holds names} */
    boolean isNames(List<String> fields) {
        return switch (format.header()) {
            case NAMES -> true;
            case NONE -> false;
            case FOUND -> !areValues(fields) || areNumbered(fields);
        };
    }

    /** {@return the names of columns whose first line holds values, from the comment before it or numbers} */
    List<String> otherwise(String comment, int columns) {
        List<String> told = format.header() == CsvFormat.Header.FOUND ? split(comment) : List.of();
        return told.size() == columns && !areValues(told)
                ? told
                : IntStream.range(0, columns).mapToObj(Integer::toString).toList();
    }

    /** {@return whether all fields are values, one at least of them not a missing one} */
    private boolean areValues(List<String> fields) {
        boolean some = false;
        for (String field : fields) {
            boolean missing = field.isEmpty() || format.missing().contains(field);
            if (!missing
                    && Double.isInfinite(Fields.parse(field))
                    && Times.parse(field).isEmpty()) {
                return false;
            }
            some |= !missing;
        }
        return some;
    }

    /** {@return whether the fields are nothing, 0, 1, ...} */
    private static boolean areNumbered(List<String> fields) {
        for (int i = 1; i < fields.size(); i++) {
            if (!fields.get(i).equals(Integer.toString(i - 1))) {
                return false;
            }
        }
        return fields.size() > 1 && fields.get(0).isEmpty();
    }

    private List<String> split(String comment) {
        try {
            return CsvReader.builder().fieldSeparator(format.separator()).ofCsvRecord(comment).stream()
                    .findFirst()
                    .map(record ->
                            record.getFields().stream().map(String::strip).toList())
                    .orElse(List.of());
        } catch (CsvParseException e) {
            return List.of(); // A comment may be anything.
        }
    }
}
