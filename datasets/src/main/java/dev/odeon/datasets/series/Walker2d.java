package dev.odeon.datasets.series;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.NumpyRandom;
import dev.odeon.datasets.Parts;
import dev.odeon.datasets.archives.ArchiveMembers;
import dev.odeon.datasets.npz.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Simulated walks of a two-legged robot: from each state, predict the next.
 *
 * <p>The rule of M. Lechner, R. Hasani, Learning long-term dependencies in irregularly-sampled time series, 2020, with its
 * generators and seeds: the files, sorted by name, are shuffled; the first 15 % test, the next 10 % validate, the rest
 * train. Of each walk a tenth of the steps is dropped. Windows of 64 kept steps begin every 16 and are never the last of
 * their walk. With all 400 walks that gives 9684, 1272 and 1937 windows. Time counts the steps of the simulation from 1;
 * the target of a step is the state one step of the simulation later, whether or not that one was kept.
 *
 * @param inputs windows of 64 states of 17 channels
 * @param targets the same windows, each state one step later
 */
public record Walker2d(Windows inputs, Windows targets) {
    private static final int CHANNELS = 17;
    private static final int ORDER_SEED = 125487;
    private static final int DROP_SEED = 891374;
    private static final double KEEP = 0.9;
    private static final double TEST = 0.15;
    private static final double TEST_AND_VALIDATION = 0.15 + 0.1;
    private static final WindowRule RULE = new WindowRule(64, 16, 1);
    private static final int FEWEST_WALKS = 7;
    private static final long MOST_BYTES = 1L << 28;

    /**
     * Reads the walks.
     *
     * @param path the folder of the files {@code rollout_000.npy}, ... of shape [T, 17], or an archive of them
     * @return the windows of each part
     * @throws DataException if there are too few files, or one is missing among those numbered or among those published,
     *     damaged or of another shape
     */
    public static Parts<Walker2d> read(Path path) {
        SortedMap<String, Series> named = walks(path);
        List<Series> walks = new ArrayList<>(named.values());
        if (walks.size() < FEWEST_WALKS) {
            throw DataException.of(path, walks.size() + " files .npy", "400 walks", "fetch walker2d or check the path");
        }
        CompleteWalks.requireNoGap(path, named);
        int[] order = new NumpyRandom(ORDER_SEED).permutation(walks.size());
        List<Series> shuffled = Arrays.stream(order).mapToObj(walks::get).toList();
        int test = (int) (TEST * walks.size());
        int validation = (int) (TEST_AND_VALIDATION * walks.size());
        // One generator drops steps of all parts, in this order.
        NumpyRandom drop = new NumpyRandom(DROP_SEED);
        Walker2d train = part(shuffled.subList(validation, walks.size()), drop);
        Walker2d validating = part(shuffled.subList(test, validation), drop);
        Parts<Walker2d> parts = new Parts<>(train, validating, part(shuffled.subList(0, test), drop));
        CompleteWalks.requireAll(path, named, parts);
        return parts;
    }

    /** All walks, sorted by the names of their files. */
    private static SortedMap<String, Series> walks(Path path) {
        SortedMap<String, Series> walks = new TreeMap<>();
        if (!Files.isDirectory(path)) {
            ArchiveMembers.visit(path, MOST_BYTES, (name, in) -> {
                if (name.endsWith(".npy") && walks.put(name, walk(path, name, in.readAllBytes())) != null) {
                    throw DataException.of(
                            path, "two files called " + name, "one of each name", "fetch walker2d again");
                }
            });
            return walks;
        }
        try (Stream<Path> all = Files.list(path)) {
            for (Path file :
                    all.filter(each -> each.toString().endsWith(".npy")).toList()) {
                String name = String.valueOf(file.getFileName());
                walks.put(name, walk(file, name, Files.readAllBytes(file)));
            }
            return walks;
        } catch (IOException e) {
            throw DataException.of(path, "cannot be listed or read", "a folder of walks", "check the path", e);
        }
    }

    private static Walker2d part(List<Series> walks, NumpyRandom drop) {
        List<Series> inputs = new ArrayList<>();
        List<Series> targets = new ArrayList<>();
        for (Series walk : walks) {
            int steps = walk.length() - 1;
            int[] kept = IrregularSampling.bernoulli(steps, KEEP, drop);
            inputs.add(walk.slice(0, steps).select(kept));
            targets.add(walk.select(Arrays.stream(kept).map(step -> step + 1).toArray()));
        }
        Windows windows = Windows.of(inputs, RULE);
        return new Walker2d(windows, windows.over(targets));
    }

    private static Series walk(Path file, String name, byte[] bytes) {
        NpyFile.Numbers array = NpyFile.read(file, bytes);
        List<Long> shape = array.header().shape();
        if (shape.size() != 2 || shape.get(1) != CHANNELS || shape.get(0) < 2) {
            throw DataException.of(file, name + " of shape " + shape, "[T, " + CHANNELS + "]", "fetch walker2d again");
        }
        double[] values = array.values();
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw DataException.of(file, "the number " + value, "finite numbers", "fetch walker2d again");
            }
        }
        double[] times = new double[values.length / CHANNELS];
        Arrays.setAll(times, i -> i + 1);
        List<String> channels =
                IntStream.range(0, CHANNELS).mapToObj(i -> "state" + i).toList();
        return new Series(name, channels, times, values);
    }
}
