package dev.odeon.experiments.data;

import dev.odeon.datasets.arrow.ArrowTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What an Arrow file holds, whatever wrote it: rows, columns with their types, metadata. */
public final class TableSummary {
    /** How the names of such files end. */
    public static final String ENDING = ".arrow";

    private static final int LONGEST = 60;

    private TableSummary() {}

    /**
     * Opens a file and describes it.
     *
     * @param file an Arrow IPC file
     * @return names and texts, in the order of printing
     * @throws dev.odeon.datasets.DataException if it is missing or damaged
     */
    public static Map<String, String> of(Path file) {
        ArrowTable table = ArrowTable.open(file);
        Map<String, String> summary = new LinkedHashMap<>();
        summary.put("rows", Integer.toString(table.rows()));
        for (String column : table.columns()) {
            summary.put("column " + column, table.column(column).description());
        }
        table.metadata().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> summary.put("metadata " + entry.getKey(), shortened(entry.getValue())));
        return summary;
    }

    private static String shortened(String text) {
        String start = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
        return start.lines().collect(Collectors.joining(", "));
    }
}
