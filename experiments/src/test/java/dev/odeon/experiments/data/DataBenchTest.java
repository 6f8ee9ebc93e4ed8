package dev.odeon.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataBenchTest {
    @TempDir
    Path folder;

    @Test
    void measuresWhatItSaysItDoes() {
        DataBench.Throughput rates = DataBench.throughput(folder.resolve("t.arrow"), 2, 3);
        assertThat(rates.tableRate()).isPositive();
        assertThat(rates.copyRate()).isPositive();
        PrefetchBench.Times times = PrefetchBench.run(folder.resolve("ks.arrow"), 1, 1);
        assertThat(times.without()).isPositive();
        assertThat(times.prefetched()).isPositive();
        assertThat(DataBench.median(new double[] {3, 1, 2})).isEqualTo(2);
    }
}
