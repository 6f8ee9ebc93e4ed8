package dev.odeon.experiments.data;

import dev.odeon.datasets.arrow.ArrowTable;
import dev.odeon.datasets.arrow.ArrowTableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.tensorflow.types.TFloat64;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code odeon bench data}: how fast Arrow tables become tensors, and whether prefetching hides it.
 *
 * <p>The first figure is compared with a copy of as many bytes between two tensors that are there already, measured in turns
 * with it; it includes making the tensor. All figures are medians.
 */
@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        description = "Measure Arrow to tensor throughput, and loading behind training.")
public final class DataBench implements Callable<Integer> {
    private static final int WIDTH = 64;

    @Option(names = "--megabytes", description = "Size of the table in MB (default: ${DEFAULT-VALUE}).")
    private int megabytes = 198;

    @Option(names = "--repeats", description = "How often each figure is measured (default: ${DEFAULT-VALUE}).")
    private int repeats = 9;

    @Option(names = "--epochs", description = "Epochs of the training part (default: ${DEFAULT-VALUE}).")
    private int epochs = 5;

    /**
     * What was measured.
     *
     * @param tableRate Arrow file to tensor, GB/s
     * @param copyRate copy between two tensors of as many bytes, GB/s
     */
    public record Throughput(double tableRate, double copyRate) {}

    @Override
    public Integer call() throws IOException {
        if (megabytes < 1 || megabytes > 1500 || repeats < 1 || epochs < 1) {
            throw new IllegalArgumentException("--megabytes " + megabytes + " --repeats " + repeats + " --epochs "
                    + epochs + ": give 1 to 1500, 1 or more, 1 or more");
        }
        Path folder = Files.createTempDirectory("odeon-bench");
        try {
            Throughput rates = throughput(folder.resolve("table.arrow"), megabytes, repeats);
            System.out.printf(
                    "Arrow file to tensor  %6.2f GB/s%nplain copy            %6.2f GB/s%nshare                 %5.0f %%%n",
                    rates.tableRate(), rates.copyRate(), 100 * rates.tableRate() / rates.copyRate());
            PrefetchBench.Times times = PrefetchBench.run(folder.resolve("ks.arrow"), repeats, epochs);
            System.out.printf(
                    "epoch without loading %7.1f ms%nepoch with prefetch   %7.1f ms (%+.1f %%)%nepoch, loading inline %7.1f ms (%+.1f %%)%n",
                    times.without(),
                    times.prefetched(),
                    100 * (times.prefetched() / times.without() - 1),
                    times.inline(),
                    100 * (times.inline() / times.without() - 1));
            return 0;
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    /**
     * Measures throughput.
     *
     * @param file a table is written here; it stays in the operating system's cache
     * @param megabytes its size
     * @param repeats measurements, of which the medians count
     * @return the rates
     */
    static Throughput throughput(Path file, int megabytes, int repeats) {
        int rows = (int) (megabytes * 1_000_000L / (WIDTH * Double.BYTES));
        double[] values = new double[rows * WIDTH];
        Arrays.setAll(values, i -> i);
        ArrowTableWriter.to(file).float64("u", values, WIDTH).write();
        long bytes = (long) values.length * Double.BYTES;
        double[] table = new double[repeats];
        double[] copy = new double[repeats];
        ArrowTable opened = ArrowTable.open(file);
        // Both ends of the copy were touched before: it is the memory's own speed that the table is compared with.
        try (TFloat64 source = opened.column("u").tensor(TFloat64.class);
                TFloat64 target = opened.column("u").tensor(TFloat64.class)) {
            for (int i = -1; i < repeats; i++) {
                int at = Math.max(0, i);
                long start = System.nanoTime();
                try (TFloat64 tensor = opened.column("u").tensor(TFloat64.class)) {
                    table[at] = bytes / ((System.nanoTime() - start) * 1e-9) / 1e9;
                    if (tensor.getDouble(rows - 1, WIDTH - 1) != values.length - 1) {
                        throw new IllegalStateException("the last number is " + tensor.getDouble(rows - 1, WIDTH - 1));
                    }
                }
                start = System.nanoTime();
                source.asRawTensor()
                        .data()
                        .asDoubles()
                        .copyTo(target.asRawTensor().data().asDoubles(), values.length);
                copy[at] = bytes / ((System.nanoTime() - start) * 1e-9) / 1e9;
            }
        }
        return new Throughput(median(table), median(copy));
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
