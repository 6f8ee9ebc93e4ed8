package dev.odeon.datasets.archives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Fuzz;
import dev.odeon.datasets.Mutations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ArchivesTest {
    private static final long MOST = 1 << 20;

    @TempDir
    Path folder;

    private static byte[] tar() {
        return TarBuilder.tar(Map.of("a.txt", "first", "set/b.txt", "second".repeat(300)));
    }

    private Map<String, String> members(Path file) {
        Map<String, String> members = new TreeMap<>();
        TarFile.visit(file, MOST, (name, in) -> members.put(name, text(in)));
        return members;
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void theFirstBytesTellTheCompression() throws IOException {
        for (byte[] bytes : new byte[][] {tar(), TarBuilder.gzip(tar()), TarBuilder.xz(tar())}) {
            Path file = Files.write(folder.resolve("any.name"), bytes);
            assertThat(members(file)).containsOnlyKeys("a.txt", "b.txt").containsEntry("a.txt", "first");
        }
        Path empty = Files.write(folder.resolve("empty"), new byte[0]);
        assertThat(CompressedFile.<String>read(empty, MOST, ArchivesTest::text)).isEmpty();
    }

    @Test
    void aFileThatUnfoldsTooFarIsRefused() throws IOException {
        Path bomb = Files.write(folder.resolve("bomb.gz"), TarBuilder.gzip(new byte[(int) MOST + 1]));
        assertThatThrownBy(() -> CompressedFile.read(bomb, MOST, InputStream::readAllBytes))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bomb.gz: more than 1048576 bytes");
    }

    @Test
    void missingFilesAndOtherFormatsAreNamed() throws IOException {
        assertThatThrownBy(() -> members(folder.resolve("none.tar")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("none.tar: no such file");
        Path text = Files.writeString(folder.resolve("text.tar"), "hello");
        assertThatThrownBy(() -> members(text))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("text.tar");
    }

    private static byte[] zip() {
        byte[] second = "second".repeat(300).getBytes(StandardCharsets.UTF_8);
        return ZipBuilder.zip(Map.of("a.txt", "first".getBytes(StandardCharsets.UTF_8), "set/b.txt", second));
    }

    private Map<String, String> anyMembers(Path file) {
        Map<String, String> members = new TreeMap<>();
        ArchiveMembers.visit(file, MOST, (name, in) -> members.put(name, text(in)));
        return members;
    }

    @Test
    void aZipArchiveIsReadAsATarArchiveIs() throws IOException {
        Map<String, String> tar = members(Files.write(folder.resolve("a.tar"), tar()));
        Path file = Files.write(folder.resolve("a.zip"), zip());
        assertThat(anyMembers(file)).isEqualTo(tar);
        assertThat(ArchiveMembers.digest(file, MOST)).isEqualTo(ArchiveMembers.digest(folder.resolve("a.tar"), MOST));
    }

    @Test
    void archivesCutShortAreRefusedWhereverTheCutIs() throws IOException {
        byte[] zip = zip();
        byte[] tar = tar();
        // The records of zeros at the end of a tar archive say that it is complete; the first one is enough.
        int end = tar.length;
        while (tar[end - 1] == 0) {
            end--;
        }
        int complete = (end + 511) / 512 * 512 + 512;
        Map<String, String> expected = members(Files.write(folder.resolve("whole.tar"), Arrays.copyOf(tar, complete)));
        assertThat(expected).hasSize(2);
        for (byte[] whole :
                new byte[][] {zip, Arrays.copyOf(tar, complete), TarBuilder.gzip(tar), TarBuilder.xz(tar)}) {
            for (int length = 0; length < whole.length; length++) {
                Path file = Mutations.place(folder.resolve("cut"), Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> anyMembers(file))
                        .as("%d of %d bytes", length, whole.length)
                        .isInstanceOf(DataException.class)
                        .hasMessageContaining("cut");
            }
        }
    }

    @Test
    void archivesWithoutFilesAreRefused() throws IOException {
        for (byte[] empty : new byte[][] {ZipBuilder.zip(Map.of()), TarBuilder.tar(Map.of())}) {
            Path file = Files.write(folder.resolve("empty"), empty);
            assertThatThrownBy(() -> anyMembers(file))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("empty: no file inside");
        }
    }

    @Test
    void twoFilesOfOneNameHaveNoDigest() throws IOException {
        Path file =
                Files.write(folder.resolve("two.zip"), ZipBuilder.zip(Map.of("a/x", new byte[1], "b/x", new byte[2])));
        assertThatThrownBy(() -> ArchiveMembers.digest(file, MOST))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("two files called x");
    }

    @Test
    void membersThatNobodyWantsCountToo() throws IOException {
        byte[] half = new byte[(int) MOST / 2 + 1];
        Path zip = Files.write(folder.resolve("bomb"), ZipBuilder.zip(Map.of("a", half, "b", half)));
        assertThatThrownBy(() -> ArchiveMembers.visit(zip, MOST, (name, in) -> {}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bomb: more than 1048576 bytes");
        String zeros = "\0".repeat(half.length);
        Path tar = Files.write(folder.resolve("bomb"), TarBuilder.gzip(TarBuilder.tar(Map.of("a", zeros, "b", zeros))));
        assertThatThrownBy(() -> ArchiveMembers.visit(tar, MOST, (name, in) -> {}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bomb: more than 1048576 bytes");
    }

    @Test
    void namesAndAttributesWithoutEndAreRefused() throws IOException {
        byte[] tar = TarBuilder.tar(Map.of("a.txt", "x".repeat(3 << 20)));
        tar[156] = 'L';
        Path file = Files.write(folder.resolve("long.tar.gz"), TarBuilder.gzip(tar));
        long before = Mutations.heapTaken();
        assertThatThrownBy(() -> TarFile.visit(file, 8 * MOST, (name, in) -> {}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a member of more than 1048576 bytes of attributes");
        assertThat(Mutations.heapTaken() - before).isLessThan(24 * MOST);
        byte[] header = Arrays.copyOf(TarBuilder.tar(Map.of("a.txt", "")), 512);
        header[156] = 'L';
        byte[] nested = new byte[512 * 20_000];
        for (int at = 0; at < nested.length; at += 512) {
            System.arraycopy(header, 0, nested, at, 512);
        }
        Files.write(file, TarBuilder.gzip(nested));
        assertThatThrownBy(() -> TarFile.visit(file, 16 * MOST, (name, in) -> {}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("long.tar.gz");
    }

    @Test
    void aDamagedSecondPartIsNotTheEnd() throws IOException {
        byte[] part = TarBuilder.gzip("one".getBytes(StandardCharsets.UTF_8));
        byte[] both = Arrays.copyOf(part, 2 * part.length);
        System.arraycopy(part, 0, both, part.length, part.length);
        Path file = Files.write(folder.resolve("parts.gz"), both);
        assertThat(CompressedFile.<String>read(file, MOST, ArchivesTest::text)).isEqualTo("oneone");
        both[part.length] ^= 1;
        Files.write(file, both);
        assertThatThrownBy(() -> CompressedFile.read(file, MOST, ArchivesTest::text))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("parts.gz: damaged");
    }

    @Test
    @Timeout(240)
    void damagedZipArchivesAreRefusedOrIntact() throws IOException {
        Set<String> texts = Set.copyOf(
                anyMembers(Files.write(folder.resolve("good.zip"), zip())).values());
        int refused = Fuzz.refused(folder.resolve("damaged.zip"), zip(), file -> {
            // Names are under no checksum, contents are.
            assertThat(anyMembers(file).values()).containsExactlyInAnyOrderElementsOf(texts);
        });
        assertThat(refused).isGreaterThan(Fuzz.FILES / 3);
    }

    @Test
    @Timeout(240)
    void damageUnderAChecksumIsNeverRead() throws IOException {
        Map<String, String> expected = members(Files.write(folder.resolve("good.tar"), tar()));
        for (byte[] intact : new byte[][] {TarBuilder.gzip(tar()), TarBuilder.xz(tar())}) {
            int refused = Fuzz.refused(folder.resolve("damaged.tar"), intact, file -> {
                Map<String, String> found = new TreeMap<>();
                TarFile.visit(file, MOST, (name, in) -> found.put(name, text(in)));
                assertThat(found).isEqualTo(expected);
            });
            assertThat(refused).isGreaterThan(Fuzz.FILES / 2);
        }
    }
}
