package dev.odeon.datasets.graphs.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Fuzz;
import dev.odeon.datasets.Mutations;
import dev.odeon.datasets.archives.TarBuilder;
import dev.odeon.datasets.archives.ZipBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class OgbGraphsTest {
    @TempDir
    Path folder;

    private static Map<String, String> tables() {
        Map<String, String> tables = new TreeMap<>();
        tables.put("raw/num-node-list", "4\n");
        tables.put("raw/num-edge-list", "3\n");
        tables.put("raw/edge", "0,1\n1,2\n3,0\n");
        tables.put("raw/node-feat", "1.5,0\n2,1\n-1e-3,2\n4,3\n");
        tables.put("raw/node-label", "0\n1\n1\n2\n");
        tables.put("split/time/train", "0\n1\n");
        tables.put("split/time/valid", "2\n");
        tables.put("split/time/test", "3\n");
        return tables;
    }

    private static byte[] gzip(String text) {
        return TarBuilder.gzip(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] zip(Map<String, String> tables) {
        Map<String, byte[]> members = new TreeMap<>();
        tables.forEach((name, text) -> members.put("arxiv/" + name + ".csv.gz", gzip(text)));
        return ZipBuilder.zip(members);
    }

    private static void assertRight(OgbGraphs read) {
        assertThat(read.graph().nodes()).isEqualTo(4);
        assertThat(read.graph().classes()).isEqualTo(3);
        assertThat(read.graph().edges().target()).containsExactly(1, 2, 0);
        float[] row = new float[2];
        read.graph().features().copyRow(2, row);
        assertThat(row).containsExactly(-1e-3f, 2);
        assertThat(read.split().train()).containsExactly(0, 1);
        assertThat(read.split().test()).containsExactly(3);
    }

    @Test
    void readsAnArchiveAndAFolder() throws IOException {
        Path file = Files.write(folder.resolve("arxiv.zip"), zip(tables()));
        assertRight(OgbGraphs.read(file, "time"));
        assertThat(GraphFiles.read(file).name()).isEqualTo("ogbn-arxiv");
        for (Map.Entry<String, String> table : tables().entrySet()) {
            Path target = folder.resolve("arxiv/" + table.getKey() + ".csv.gz");
            Files.createDirectories(target.toAbsolutePath().resolveSibling(""));
            Files.write(target, gzip(table.getValue()));
        }
        assertRight(OgbGraphs.read(folder.resolve("arxiv"), "time"));
    }

    @Test
    void tablesThatDoNotFitTogetherAreRefused() throws IOException {
        assertRefused("raw/edge", "0,1\n1,2\n", "2 lines in raw/edge");
        assertRefused("raw/edge", "0,1\n1,2\n3,0\n1,1\n", "more than 3 lines in raw/edge");
        assertRefused("raw/edge", "0,1\n1,2\n3,4\n", "from 3 to 4");
        assertRefused("raw/edge", "0,1\n1,2,3\n3,0\n", "3 fields in raw/edge.csv.gz, line 2");
        assertRefused("raw/node-feat", "1,2\n2,1\n3,x\n4,3\n", "'x' in raw/node-feat.csv.gz, line 3");
        assertRefused("raw/node-label", "0\n1\n1.5\n2\n", "the number 1.5");
        assertRefused("raw/num-node-list", "2000000000\n", "the number 2000000000");
        assertRefused("split/time/test", "4\n", "node 4 in line 1");
        assertRefused("split/time/test", "1\n", "node 1");
        Path file = Files.write(folder.resolve("arxiv.zip"), zip(tables()));
        assertThatThrownBy(() -> OgbGraphs.read(file, "random")).hasMessageContaining("no split/random/train.csv.gz");
        assertThatThrownBy(() -> OgbGraphs.read(folder, "time")).hasMessageContaining("no raw/num-node-list.csv.gz");
    }

    @Test
    @Timeout(240)
    void damageUnderTheChecksumsIsNeverRead() throws IOException {
        int refused = Fuzz.refused(
                folder.resolve("damaged.zip"), zip(tables()), file -> assertRight(OgbGraphs.read(file, "time")));
        assertThat(refused).isGreaterThan(Fuzz.FILES / 3);
    }

    @Test
    @Timeout(240)
    void damagedTablesAreRefusedOrGraphs() throws IOException {
        // The damage is packed after it was done, so that it reaches the numbers instead of a checksum.
        Map<String, String> tables = tables();
        List<String> names = List.copyOf(tables.keySet());
        int refused = 0;
        for (int seed = 0; seed < Fuzz.FILES; seed++) {
            String name = names.get(seed % names.size());
            byte[] text = tables().getOrDefault(name, "").getBytes(StandardCharsets.ISO_8859_1);
            byte[] enough = Arrays.copyOf(text, Math.max(6, text.length));
            tables.put(name, new String(Mutations.damage(enough, seed), StandardCharsets.ISO_8859_1));
            Path file = Mutations.place(folder.resolve("damaged.zip"), zip(tables));
            tables.putAll(tables());
            long before = Mutations.heapTaken();
            try {
                OgbGraphs read = OgbGraphs.read(file, "time");
                assertThat(read.graph().nodes()).isEqualTo(4);
                assertThat(read.graph().edges().count()).isEqualTo(3);
            } catch (DataException e) {
                assertThat(e).hasMessageContaining("damaged.zip");
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " was met with " + e, e);
            }
            assertThat(Mutations.heapTaken() - before)
                    .as("heap for seed %d", seed)
                    .isLessThan(24L << 20);
        }
        assertThat(refused).isGreaterThan(Fuzz.FILES / 3);
    }

    @Test
    void promisesOfManyLinesTakeNoMemory() throws IOException {
        for (String table : List.of("raw/num-node-list", "raw/num-edge-list")) {
            long before = Mutations.heapTaken();
            assertRefused(table, "60000000\n", "60000000 lines");
            assertThat(Mutations.heapTaken() - before).as(table).isLessThan(24L << 20);
        }
    }

    private void assertRefused(String table, String text, String found) throws IOException {
        Map<String, String> changed = tables();
        changed.put(table, text);
        Path file = Files.write(folder.resolve("bad.zip"), zip(changed));
        assertThatThrownBy(() -> OgbGraphs.read(file, "time"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bad.zip")
                .hasMessageContaining(found);
    }
}
