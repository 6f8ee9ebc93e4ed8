package dev.odeon.experiments.training.session;

import dev.odeon.datasets.Printable;
import dev.odeon.experiments.results.ResultFiles;
import dev.odeon.experiments.training.CommonOption;
import dev.odeon.experiments.training.Experiment;
import dev.odeon.experiments.training.ExperimentOption;
import dev.odeon.experiments.training.ExperimentOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Runs of one experiment that differ in their seed alone, one after another, each in a folder of its own; then the mean and the
 * standard deviation of every number of their summaries.
 *
 * <p>A series that was killed or interrupted goes on with {@code --resume}: runs that have ended are left as they are, unless
 * rules or a number of epochs are given with it. A run that diverged is counted and told, and its numbers are left out.
 */
final class SeedSeries {

    private static final String SEED = CommonOption.SEED.option();

    private final Experiment experiment;
    private final Path out;
    private final Resumption resumption;

    private SeedSeries(Experiment experiment, Path out) {
        this.experiment = experiment;
        this.out = out;
        this.resumption = new Resumption(experiment.name(), out);
    }

    /**
     * Starts a series.
     *
     * @param options of all runs; their seed is the first
     * @return the exit code: 0, or the worst of the runs' as {@link TrainingSession#run} tells it; that of a signal ends the
     *     series
     */
    static int start(Experiment experiment, TrainOptions options, int seeds) {
        Map<String, String> given = new LinkedHashMap<>(options.given());
        long first = TrainingSession.checked(experiment, given).whole(SEED);
        given.remove(SEED);
        SeedSeries series = new SeedSeries(experiment, options.out());
        ResultFolder.fresh(options.out(), experiment.name());
        boolean there = Files.exists(options.out());
        try {
            return RunLock.holding(options.out(), () -> {
                ResultFolder.fresh(options.out(), experiment.name());
                SeriesFile file = new SeriesFile(experiment.name(), first, seeds, given, Map.of());
                file.write(options.out());
                return series.run(file, Map.of());
            });
        } catch (RuntimeException e) {
            if (!Files.exists(series.folder(first))) {
                // Refused before anything was trained: as if it had never been asked for.
                series.remove(there);
            }
            throw e;
        }
    }

    /**
     * Goes on with a series.
     *
     * @param options what else is given: more epochs, or other rules
     * @param seeds how many there are to be; 0 for as many as it was started with
     */
    static int resume(Experiment experiment, TrainOptions options, int seeds) {
        Path out = options.out();
        return RunLock.holding(out, () -> {
            SeriesFile file = SeriesFile.read(out);
            if (!file.experiment().equals(experiment.name())) {
                throw new IllegalArgumentException("The series in " + out + " is one of " + file.experiment()
                        + ", not of " + experiment.name() + ": resume it with that command");
            }
            if (seeds > 0 && seeds < file.seeds()) {
                throw new IllegalArgumentException("--seeds is " + seeds + ", but the series in " + out
                        + " was started with " + file.seeds() + ": give as many or more, or leave the option out");
            }
            Map<String, String> more = new LinkedHashMap<>(options.given());
            String seed = more.remove(SEED);
            if (seed != null && !seed.equals(String.valueOf(file.first()))) {
                throw new IllegalArgumentException("--" + SEED + " is " + seed + ", but the series in " + out
                        + " was started with " + file.first() + ": leave the option out");
            }
            SeriesFile all = file.goingOn(Math.max(seeds, file.seeds()), more);
            all.write(out);
            return new SeedSeries(experiment, out).run(all, more);
        });
    }

    private Path folder(long seed) {
        return out.resolve("seed-" + seed);
    }

    /** @param more what runs that go on are given */
    private int run(SeriesFile series, Map<String, String> more) {
        SeriesFile file = series;
        for (int i = 0; i < file.seeds(); i++) {
            long seed = file.first() + i;
            if (file.ended().containsKey(seed)) {
                continue;
            }
            tell("seed " + seed + ", run " + (i + 1) + " of " + file.seeds());
            int code = TrainingSession.run(experiment, options(file, seed, more), resumption);
            if (code > StopSignals.EXIT_CODES) {
                return code;
            }
            file = file.with(seed, code);
            file.write(out);
        }
        return finish(file);
    }

    private TrainOptions options(SeriesFile file, long seed, Map<String, String> more) {
        if (ResultFolder.holdsRun(folder(seed))) {
            return new TrainOptions(folder(seed), TrainOptions.Start.RESUMED, more);
        }
        Map<String, String> given = new LinkedHashMap<>(file.given());
        given.put(SEED, String.valueOf(seed));
        return new TrainOptions(folder(seed), TrainOptions.Start.NEW, given);
    }

    private int finish(SeriesFile file) {
        Map<Long, Path> counted = new TreeMap<>();
        List<Long> failed = new ArrayList<>();
        List<Long> unstable = new ArrayList<>();
        file.ended().forEach((seed, code) -> {
            if (code == TrainingSession.DIVERGED) {
                failed.add(seed);
                return;
            }
            counted.put(seed, folder(seed));
            if (code == TrainingSession.UNSTABLE) {
                unstable.add(seed);
            }
        });
        SeedTable table = SeedTable.read(counted, settings());
        table.write(ResultFiles.in(out), counted.keySet());
        write(file, counted.keySet(), failed, unstable, table);
        report(file, counted.size(), failed, unstable, table).stream()
                .map(Printable::line)
                .forEach(System.out::println);
        return !failed.isEmpty() ? TrainingSession.DIVERGED : unstable.isEmpty() ? 0 : TrainingSession.UNSTABLE;
    }

    /** What a summary repeats of what was asked for. */
    private Set<String> settings() {
        Set<String> names = new HashSet<>(ExperimentOptions.of(experiment).all().stream()
                .map(ExperimentOption::name)
                .toList());
        // This name is that of a result; what was asked for has another one.
        names.remove(CommonOption.EPOCHS.option());
        names.add(RunSummary.EPOCHS_REQUESTED);
        return names;
    }

    private void write(SeriesFile file, Set<Long> counted, List<Long> failed, List<Long> unstable, SeedTable table) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("experiment", file.experiment());
        all.put("given", file.given());
        all.put("counted", counted);
        all.put("diverged", failed);
        all.put("failedPredictions", unstable);
        Map<String, Object> figures = new LinkedHashMap<>();
        table.spreads().forEach((name, spread) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("mean", spread.mean());
            if (spread.count() > 1) {
                entry.put("deviation", spread.deviation());
            }
            entry.put("count", spread.count());
            figures.put(name, entry);
        });
        all.put("figures", figures);
        ResultFiles.in(out).json("seeds", all);
    }

    private List<String> report(SeriesFile file, int counted, List<Long> failed, List<Long> unstable, SeedTable table) {
        List<String> lines = new ArrayList<>();
        lines.add(file.experiment() + ": " + file.seeds() + " seeds from " + file.first() + ", " + counted
                + " counted" + named(failed, "diverged and left out")
                + named(unstable, "counted though the prediction failed"));
        table.spreads()
                .forEach((name, spread) -> lines.add("  " + name + " " + spread.text()
                        + (spread.count() < counted ? " (of " + spread.count() + ")" : "")));
        lines.add("all figures: " + out.resolve("seeds.json") + ", " + out.resolve("seeds.csv"));
        if (!failed.isEmpty()) {
            tell("of " + file.seeds() + " seeds " + failed.size() + " diverged; to pass over failed iterations: "
                    + resumption.command() + " --skip-failed N");
        }
        return lines;
    }

    private static String named(List<Long> seeds, String what) {
        return seeds.isEmpty() ? "" : ", " + seeds.size() + " " + what + ": " + seeds;
    }

    private static void tell(String text) {
        System.err.println(Printable.line("odeon: " + text));
    }

    private void remove(boolean there) {
        try {
            Files.deleteIfExists(out.resolve(SeriesFile.NAME));
            if (!there) {
                Files.deleteIfExists(out.resolve(RunLock.NAME));
                Files.deleteIfExists(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("What was begun in " + out + " cannot be removed: remove it by hand", e);
        }
    }
}
