package dev.odeon.experiments.runs;

import dev.odeon.experiments.training.session.RecordedRun;
import dev.odeon.experiments.training.session.Spread;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A run, or a series of runs that differ in their seed, to be compared with others.
 *
 * @param name in legend and table
 * @param runs those that count, one at least
 */
record Contestant(String name, List<RecordedRun> runs) {

    Contestant {
        Objects.requireNonNull(name, "name");
        runs = List.copyOf(runs);
    }

    /**
     * Reads folders.
     *
     * @throws IllegalArgumentException if one holds neither a run nor a series, or no epoch, or they are of several experiments
     */
    static List<Contestant> read(List<Path> folders) {
        List<List<RecordedRun>> all = folders.stream().map(Contestant::runs).toList();
        String experiment = all.get(0).get(0).experiment();
        for (int i = 0; i < all.size(); i++) {
            String other = all.get(i).get(0).experiment();
            if (!other.equals(experiment)) {
                throw new IllegalArgumentException(folders.get(i) + " is one of " + other + ", " + folders.get(0)
                        + " of " + experiment + ": compare runs of one experiment");
            }
        }
        List<Function<Integer, String>> namings = List.of(
                i -> all.get(i).get(0).setting("model"),
                i -> String.valueOf(folders.get(i).getFileName()),
                i -> String.valueOf(folders.get(i)));
        Function<Integer, String> naming = namings.stream()
                .filter(each -> distinct(each, all.size()))
                .findFirst()
                .orElse(i -> (i + 1) + ": " + folders.get(i));
        return Stream.iterate(0, i -> i + 1)
                .limit(all.size())
                .map(i -> new Contestant(naming.apply(i), all.get(i)))
                .toList();
    }

    private static boolean distinct(Function<Integer, String> naming, int count) {
        Set<String> names = new HashSet<>();
        return Stream.iterate(0, i -> i + 1).limit(count).allMatch(i -> names.add(naming.apply(i)));
    }

    private static List<RecordedRun> runs(Path folder) {
        List<RecordedRun> runs = RecordedRun.readAll(folder).stream()
                .filter(run -> run.epochs() > 0)
                .toList();
        if (runs.isEmpty()) {
            throw new IllegalArgumentException(
                    folder + " has no run with an epoch that counts: train it first, odeon train NAME"
                            + " --resume --out " + folder + ", or leave it out");
        }
        return runs;
    }

    /** The names of final figures, in the order of the summaries. */
    static Set<String> figures(List<Contestant> contestants) {
        Set<String> names = new LinkedHashSet<>();
        contestants.forEach(each -> each.runs()
                .forEach(run -> run.figures().keySet().stream()
                        .filter(Contestant::shown)
                        .forEach(names::add)));
        return names;
    }

    /** What says how large, how good and how expensive a model is. */
    private static boolean shown(String figure) {
        String name = figure.toLowerCase(Locale.ROOT);
        return name.equals("parameters")
                || name.equals("bestvalidloss")
                || name.equals("secondsperepoch")
                || (name.startsWith("nfe") && name.endsWith("periteration"))
                || (name.startsWith("test")
                        && !name.endsWith("rows")
                        && !name.endsWith("windows")
                        && !name.endsWith("nodes"));
    }

    /** A final figure; empty if no run has it. */
    Optional<Spread> figure(String figure) {
        List<Double> numbers = runs.stream()
                .map(run -> run.figures().get(figure))
                .filter(Objects::nonNull)
                .toList();
        return numbers.isEmpty() ? Optional.empty() : Optional.of(Spread.of(numbers));
    }
}
