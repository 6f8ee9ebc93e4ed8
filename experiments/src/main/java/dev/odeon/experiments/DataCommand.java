package dev.odeon.experiments;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Nearest;
import dev.odeon.datasets.Printable;
import dev.odeon.datasets.Sha256;
import dev.odeon.datasets.cache.Catalogue;
import dev.odeon.datasets.cache.Checksum;
import dev.odeon.datasets.cache.DataLocator;
import dev.odeon.datasets.cache.FetchProgress;
import dev.odeon.datasets.cache.FetchTimeouts;
import dev.odeon.datasets.cache.Fetcher;
import dev.odeon.datasets.cache.HostEnvironment;
import dev.odeon.datasets.cache.KnownDataset;
import dev.odeon.datasets.cache.KnownFile;
import dev.odeon.datasets.cache.Pin;
import dev.odeon.datasets.contents.FileContents;
import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.KarateClub;
import dev.odeon.datasets.named.DataSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists, downloads, counts and converts the public data sets. */
@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        description = "List, download, count or convert data sets.",
        subcommands = {
            DataCommand.ListAll.class,
            DataCommand.Fetch.class,
            DataCommand.Info.class,
            DataCommand.Convert.class
        })
final class DataCommand {

    private static final int MEBIBYTE = 1 << 20;

    private DataCommand() {}

    /**
     * The folder that the user named in the environment.
     *
     * @throws DataException if it is not a folder
     */
    static Optional<Path> namedFolder(HostEnvironment environment) {
        String name = environment.variables().getOrDefault(DataLocator.VARIABLE, "");
        if (name.isBlank()) {
            return Optional.empty();
        }
        Path folder = Path.of(name);
        if (!Files.isDirectory(folder)) {
            throw DataException.of(
                    folder,
                    "no such folder",
                    "the folder in " + DataLocator.VARIABLE,
                    "correct or unset " + DataLocator.VARIABLE);
        }
        return Optional.of(folder);
    }

    /** {@code odeon data list}: what there is, and which of it is here. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "List the data sets and where they are.")
    static final class ListAll implements Callable<Integer> {

        @Override
        public Integer call() {
            HostEnvironment environment = HostEnvironment.current();
            namedFolder(environment);
            DataLocator locator = DataLocator.of(environment);
            for (KnownDataset dataset : Catalogue.all()) {
                System.out.printf(
                        "%-18s %5.1f MB  %s%n                   %s; %s%n",
                        dataset.name(),
                        dataset.bytes() / 1e6,
                        dataset.title(),
                        dataset.licence(),
                        place(locator, dataset));
            }
            // Beside the catalogue: there is nothing to fetch, to read from elsewhere or to convert.
            System.out.printf(
                    "%-18s %5.1f MB  %s%n                   %s; %s%n",
                    KarateClub.NAME,
                    0.0,
                    "Karate club: 34 members and who met whom",
                    "published by Zachary in 1977",
                    "comes with the program, for train grand --dataset " + KarateClub.NAME);
            return 0;
        }

        private static String place(DataLocator locator, KnownDataset dataset) {
            try {
                return Printable.line(locator.find(dataset).toString());
            } catch (DataException e) {
                return "not here; ./odeon data fetch " + dataset.name() + " brings it";
            }
        }
    }

    /** {@code odeon data fetch NAME}: downloads into the cache, checked by checksum. */
    @Command(name = "fetch", mixinStandardHelpOptions = true, description = "Download data sets into the cache.")
    static final class Fetch implements Callable<Integer> {

        @Parameters(paramLabel = "NAME", arity = "1..*", description = "Names, as 'odeon data list' shows them.")
        private List<String> names = List.of();

        @Override
        public Integer call() {
            // All names are looked up before the first download starts.
            List<KnownDataset> datasets =
                    names.stream().map(name -> named(name, "fetch")).toList();
            Fetcher fetcher = new Fetcher(HostEnvironment.current(), FetchTimeouts.standard());
            for (KnownDataset dataset : datasets) {
                System.out.println(Printable.line(dataset.name() + ": " + fetch(fetcher, dataset)));
                pins(dataset)
                        .forEach(pin -> System.out.println(Printable.line("  SHA-256 "
                                + pin.sha256().orElse("none")
                                + ", pinned in " + pin.path() + ": no checksum of " + pin.name()
                                + " was known before, compare it with that of another copy")));
            }
            return 0;
        }

        /** {@return the pins of the files that were trusted at their first download} */
        private static List<Pin> pins(KnownDataset dataset) {
            Path folder = DataLocator.cachedData(HostEnvironment.current());
            return dataset.files().stream()
                    .filter(file -> file.checksum() instanceof Checksum.FirstUse)
                    .map(file -> Pin.of(folder.resolve(file.location())))
                    .toList();
        }

        private static Path fetch(Fetcher fetcher, KnownDataset dataset) {
            if (!Boolean.getBoolean(Odeon.TERMINAL)) {
                return fetcher.fetch(dataset, FetchProgress.SILENT);
            }
            try (ProgressBar bar = new ProgressBarBuilder()
                    .setTaskName(dataset.name())
                    .setInitialMax(dataset.bytes())
                    .setUnit(" MiB", MEBIBYTE)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err))
                    .build()) {
                return fetcher.fetch(dataset, (received, expected) -> {
                    bar.maxHint(expected);
                    bar.stepTo(received);
                });
            }
        }
    }

    /** Names of data sets have neither a point nor a slash. */
    private static boolean isFile(String name) {
        return name.contains(".") || name.contains("/") || Files.exists(Path.of(name));
    }

    private static boolean isKnown(String name) {
        return Catalogue.all().stream().anyMatch(dataset -> dataset.name().equals(name));
    }

    /**
     * The data set of a name.
     *
     * @param task what is to be done with it
     * @throws DataException if there is none, or the name is one of a file or of what comes with the program
     */
    private static KnownDataset named(String name, String task) {
        if (name.equals(KarateClub.NAME)) {
            throw new DataException("data set '" + name + "' comes with the program: there is nothing to " + task
                    + "; train grand --dataset " + name + " uses it");
        }
        if (!isKnown(name) && isFile(name)) {
            throw DataException.of(
                    Path.of(name),
                    "is a file",
                    "the name of a data set to " + task + ", one that odeon data list shows",
                    "give its name, with --data to read it from this file; odeon data info says what a file holds, and"
                            + " docs/DATA.md which kinds are read");
        }
        return Catalogue.find(name);
    }

    /** The data sets: from the path that the user named, or in the data folder or the cache. */
    private static DataSets sets(@Nullable Path given) {
        return given == null ? DataSets.usual() : DataSets.usual().withPath(given);
    }

    /** {@code odeon data info NAME}: reads a data set and prints the counts that papers print, or says what a file holds. */
    @Command(
            name = "info",
            mixinStandardHelpOptions = true,
            description = "Read a data set, or any file that can be read, and print its counts.")
    static final class Info implements Callable<Integer> {

        @Parameters(
                paramLabel = "NAME",
                arity = "1..*",
                description = "Names, as 'odeon data list' shows them, or files of any kind that can be read.")
        private List<String> names = List.of();

        @Option(names = "--data", description = "A file or folder to read instead of the data folder and the cache.")
        private @Nullable Path data;

        @Override
        public Integer call() {
            // All names are looked up before the first is read.
            List<Supplier<List<String>>> summaries =
                    names.stream().map(this::summary).toList();
            for (Supplier<List<String>> summary : summaries) {
                summary.get().stream().map(Printable::line).forEach(System.out::println);
            }
            return 0;
        }

        private Supplier<List<String>> summary(String name) {
            if (name.equals(KarateClub.NAME)) {
                return Info::karate;
            }
            if (!isKnown(name) && isFile(name)) {
                return () -> file(Path.of(name));
            }
            if (!isKnown(name)) {
                throw unknown(name);
            }
            KnownDataset dataset = Catalogue.find(name);
            return () -> dataset(dataset);
        }

        /** The karate club is none of the catalogue, but can be told of. */
        private static DataException unknown(String name) {
            List<String> names = Stream.concat(
                            Catalogue.all().stream().map(KnownDataset::name), Stream.of(KarateClub.NAME))
                    .toList();
            return new DataException("data set '" + name + "' is unknown" + Nearest.hint(name, names)
                    + "; expected one of " + String.join(", ", names) + "; check the spelling");
        }

        private static List<String> karate() {
            GraphData graph = KarateClub.load();
            return List.of(
                    KarateClub.NAME + ": a graph that comes with the program",
                    line("nodes", Integer.toString(graph.nodes())),
                    line("edges", Integer.toString(graph.undirectedEdges())),
                    line("classes", Integer.toString(graph.classes())));
        }

        /** Part of a data set that is told only as a whole. */
        private static Optional<KnownDataset> whole(Path file) {
            String name = String.valueOf(file.getFileName());
            return Catalogue.all().stream()
                    .filter(dataset -> dataset.files().size() > 1
                            && dataset.files().stream()
                                    .anyMatch(part -> Path.of(part.location()).endsWith(name)))
                    .findFirst();
        }

        private static FileContents contents(Path file) {
            try {
                return FileContents.of(file);
            } catch (DataException e) {
                KnownDataset dataset = whole(file).orElseThrow(() -> e);
                throw new DataException(
                        e.getMessage() + "; it is called like a part of the data set " + dataset.name()
                                + ", which odeon data info " + dataset.name() + " reads as a whole",
                        e);
            }
        }

        private static List<String> file(Path file) {
            FileContents contents = contents(file);
            List<String> lines = new ArrayList<>(List.of(file + ": " + contents.kind()));
            contents.facts().forEach((name, text) -> lines.add(line(name, text)));
            return lines;
        }

        private List<String> dataset(KnownDataset dataset) {
            List<Path> files = sets(data).files(dataset);
            List<String> lines = new ArrayList<>();
            lines.add(dataset.name() + ": " + dataset.title());
            lines.add(line("licence", dataset.licence()));
            for (int i = 0; i < files.size(); i++) {
                lines.add(line("file", files.get(i) + judged(dataset.files().get(i), files.get(i))));
            }
            dataset.format().facts(files).forEach(fact -> lines.add(line(fact.name(), fact.text())));
            return lines;
        }

        private static String line(String name, String text) {
            return String.format("  %-20s %s", name, text);
        }
    }

    /** Whether a file is the right one; nothing is said of folders and of files in another form. */
    private static String judged(KnownFile known, Path file) {
        if (!Files.isRegularFile(file) || file.toString().endsWith(".npy")) {
            return "";
        }
        boolean accepted = known.accepts(file);
        if (known.checksum() instanceof Checksum.Published) {
            return accepted ? " (checksum right)" : " (not the published file)";
        }
        return Pin.of(file)
                .sha256()
                .map(pinned -> accepted ? " (checksum as pinned)" : " (not the file that was pinned)")
                .orElseGet(() -> " (no checksum is known; SHA-256 " + Sha256.of(file) + ")");
    }

    /** {@code odeon data convert NAME FOLDER}: writes a data set as Arrow tables. */
    @Command(name = "convert", mixinStandardHelpOptions = true, description = "Write a data set as Arrow tables.")
    static final class Convert implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "NAME", description = "A name, as 'odeon data list' shows it.")
        private String name = "";

        @Parameters(index = "1", paramLabel = "FOLDER", description = "Where the tables go; made if it is missing.")
        private Path folder = Path.of("");

        @Option(names = "--data", description = "A file or folder to read instead of the data folder and the cache.")
        private @Nullable Path data;

        @Override
        public Integer call() throws IOException {
            KnownDataset dataset = named(name, "convert");
            dataset.format().convert(sets(data).files(dataset), folder);
            try (Stream<Path> written = Files.list(folder)) {
                written.filter(file -> file.toString().endsWith(".arrow"))
                        .sorted()
                        .map(file -> Printable.line(file.toString()))
                        .forEach(System.out::println);
            }
            return 0;
        }
    }
}
