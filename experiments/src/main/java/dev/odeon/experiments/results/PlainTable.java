package dev.odeon.experiments.results;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Markdown as a terminal shows it best: columns of equal width, titles and names without marks. */
public final class PlainTable {

    private static final String BAR = "|";
    private static final String BETWEEN = "  ";

    private PlainTable() {}

    /** Lines of text stay as they are; each run of lines that begin with a bar becomes a table. */
    public static String of(String markdown) {
        List<String> lines = new ArrayList<>();
        List<List<String>> table = new ArrayList<>();
        for (String line : markdown.lines().toList()) {
            if (line.startsWith(BAR)) {
                table.add(cells(line));
            } else {
                lines.addAll(aligned(table));
                table.clear();
                lines.add(plain(line.replaceFirst("^#+ ", "")));
            }
        }
        lines.addAll(aligned(table));
        return String.join("\n", lines);
    }

    private static List<String> cells(String line) {
        return Stream.of(line.split("\\|", -1))
                .skip(1)
                .map(cell -> plain(cell.strip()))
                .toList();
    }

    private static String plain(String text) {
        return text.replace("`", "");
    }

    private static List<String> aligned(List<List<String>> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .filter(row -> !rule(row))
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    /** Whether it is the row of hyphens below the titles. */
    private static boolean rule(List<String> row) {
        return row.stream().allMatch(cell -> cell.matches("-{3,}|"));
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> rule(row)
                        ? "-".repeat(widths[column])
                        : row.get(column)
                                + " ".repeat(widths[column] - row.get(column).length()))
                .collect(Collectors.joining(BETWEEN))
                .stripTrailing();
    }
}
