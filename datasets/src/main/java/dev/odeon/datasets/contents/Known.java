package dev.odeon.datasets.contents;

import dev.odeon.datasets.archives.ArchiveMembers;
import dev.odeon.datasets.arrow.ArrowTable;
import dev.odeon.datasets.csv.CsvFormat;
import dev.odeon.datasets.csv.CsvTable;
import dev.odeon.datasets.formats.DataFormat;
import dev.odeon.datasets.formats.GraphFormat;
import dev.odeon.datasets.formats.ImagesFormat;
import dev.odeon.datasets.formats.WalkerFormat;
import dev.odeon.datasets.images.IdxExtents;
import dev.odeon.datasets.npz.NpyFile;
import dev.odeon.datasets.npz.NpyHeader;
import dev.odeon.datasets.npz.NpzFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A kind of files that is read here.
 *
 * @param title what it is, with its article
 * @param begins whether a file begins as one of this kind
 * @param facts reads a file and tells what there is to tell of it
 */
record Known(String title, Predicate<FileStart> begins, Function<Path, Map<String, String>> facts) {
    private static final int MOST = 40;
    private static final long MOST_BYTES = 1L << 33;

    /** What any text may be. */
    static final Known TEXT = new Known("comma-separated values", FileStart::isText, Known::columns);

    /** All of them; of several that fit, the first is meant. */
    private static final List<Known> ALL = List.of(
            new Known(
                    "a graph in a folder of Arrow tables",
                    start -> start.isFolder() && start.holds("nodes\\.arrow"),
                    counted(GraphFormat.uncounted())),
            new Known(
                    "a graph of the Open Graph Benchmark",
                    start -> start.holds("raw/num-node-list\\.csv\\.gz") || (start.isFolder() && start.holds("raw")),
                    counted(GraphFormat.uncounted())),
            new Known(
                    "a graph in the planetoid form",
                    start -> start.begins("\u0080") && name(start.path()).matches("ind\\.\\w+\\.graph"),
                    counted(GraphFormat.uncounted())),
            new Known("walks of Walker2D", start -> start.holds("rollout_\\d+\\.npy"), counted(new WalkerFormat())),
            new Known(
                    "a graph in a NumPy archive",
                    start -> start.holds("adj_indptr\\.npy"),
                    counted(GraphFormat.uncounted())),
            new Known("a NumPy archive", start -> start.holds(".+\\.npy") && start.rawBegins("PK"), Known::arrays),
            new Known(
                    "a NumPy array",
                    start -> start.rawBegins("\u0093NUMPY"),
                    path -> Map.of("array", told(NpyFile.open(path).header()))),
            new Known("an Arrow table", start -> ArrowTable.begins(start.raw()), Known::table),
            new Known(
                    "images of CIFAR-10",
                    start -> start.holds("data_batch_1\\.bin") || start.has("cifar-10-batches-bin", 0),
                    counted(new ImagesFormat(ImagesFormat.Source.CIFAR10))),
            new Known("a tar archive", start -> start.has("ustar", 257), Known::members),
            new Known("an idx array of bytes", start -> start.begins("\0\0\u0008"), Known::extents),
            TEXT);

    /** {@return all kinds; of several that fit, the first is meant} */
    static List<Known> all() {
        return ALL;
    }

    private static Function<Path, Map<String, String>> counted(DataFormat<?> format) {
        return path -> {
            Map<String, String> facts = new LinkedHashMap<>();
            format.facts(List.of(path)).forEach(fact -> facts.put(fact.name(), Long.toString(fact.value())));
            return facts;
        };
    }

    private static Map<String, String> arrays(Path path) {
        Map<String, String> facts = new LinkedHashMap<>();
        try (NpzFile npz = NpzFile.open(path)) {
            List<String> names = npz.names();
            names.stream().limit(MOST).forEach(name -> facts.put("array " + name, told(npz.header(name))));
            left(facts, "arrays", names.size());
        }
        return facts;
    }

    private static String told(NpyHeader header) {
        return header.type() + " " + header.shape() + (header.fortranOrder() ? ", Fortran order" : "");
    }

    private static Map<String, String> table(Path path) {
        ArrowTable table = ArrowTable.open(path);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("rows", Integer.toString(table.rows()));
        for (String column : table.columns()) {
            facts.put("column " + column, table.column(column).description());
        }
        table.metadata().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> facts.put("metadata " + entry.getKey(), entry.getValue()));
        return facts;
    }

    private static Map<String, String> members(Path path) {
        List<String> names = new ArrayList<>();
        ArchiveMembers.visit(path, MOST_BYTES, (name, in) -> {
            names.add(name);
        });
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("members", Integer.toString(names.size()));
        facts.put("first members", String.join(", ", names.subList(0, Math.min(names.size(), 3))));
        return facts;
    }

    private static Map<String, String> extents(Path path) {
        return Map.of("extents", Arrays.toString(IdxExtents.of(path)));
    }

    private static Map<String, String> columns(Path path) {
        CsvTable table = CsvTable.read(path, CsvFormat.standard());
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("rows", Integer.toString(table.rows()));
        table.names().stream().limit(MOST).forEach(name -> {
            double[] column = table.column(name);
            long missing = Arrays.stream(column).filter(Double::isNaN).count();
            facts.put(
                    "column " + name,
                    (table.isTime(name) ? "dates or times, as seconds since 1970 in FLOAT64" : "FLOAT64")
                            + (missing == 0 ? "" : ", " + missing + " missing"));
        });
        left(facts, "columns", table.names().size());
        return facts;
    }

    private static void left(Map<String, String> facts, String what, int count) {
        if (count > MOST) {
            facts.put("further " + what, Integer.toString(count - MOST));
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
