package dev.odeon.datasets.contents;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Printable;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a file or folder holds.
 *
 * @param kind what it is, in words
 * @param facts what there is to count or to tell, in the order of printing; all texts can be printed as they are
 */
public record FileContents(String kind, Map<String, String> facts) {
    private static final int LONGEST = 200;

    public FileContents {
        Map<String, String> printable = new LinkedHashMap<>();
        facts.forEach((name, text) -> printable.put(shown(name), shown(text)));
        facts = Collections.unmodifiableMap(printable);
    }

    /**
     * Recognises a file by its content and reads it.
     *
     * @param path a file of any kind that is read here, or the folder of a graph
     * @return what it holds
     * @throws DataException if it is missing, damaged, or of no kind that is read here; the message tells how to convert
     *     those of well-known kinds
     */
    public static FileContents of(Path path) {
        FileStart start = FileStart.of(path);
        Foreign.refuse(start);
        for (Known known : Known.all()) {
            if (known.begins().test(start)) {
                return new FileContents(known.title(), facts(known, start));
            }
        }
        throw DataException.of(
                path,
                start.isFolder() ? "a folder that is no data set read here" : "a file of unknown kind",
                Known.all().stream().map(Known::title).collect(Collectors.joining(", ")),
                start.isFolder() ? "name one of its files" : "convert it to one of these, as docs/DATA.md tells");
    }

    /** Any text begins as comma-separated values do: one that is no table is of no kind, unless its name says so. */
    private static Map<String, String> facts(Known known, FileStart start) {
        try {
            return known.facts().apply(start.path());
        } catch (DataException e) {
            if (!known.equals(Known.TEXT) || start.isNamedTable()) {
                throw e;
            }
            throw DataException.of(
                    start.path(),
                    "a text, but no table (" + e.getMessage() + ")",
                    "a kind that is read here",
                    "give another file, docs/DATA.md tells the kinds",
                    e);
        }
    }

    /**
     * Refuses a file of a well-known kind that is not read here, as {@link #of} does: for readers that know which kind they want.
     *
     * @throws DataException if it is one, with how to convert it; or if there is no such file
     */
    public static void requireNotForeign(Path path) {
        Foreign.refuse(FileStart.of(path));
    }

    private static String shown(String text) {
        String line = text.lines().collect(Collectors.joining(", "));
        return Printable.line(
                line.length() <= LONGEST ? line : line.substring(0, line.offsetByCodePoints(0, LONGEST / 2)) + " ...");
    }
}
