package dev.odeon.datasets.archives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Fuzz;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

    @Test
    @Timeout(60)
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
