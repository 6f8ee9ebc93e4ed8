package dev.odeon.datasets.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Sha256;
import dev.odeon.datasets.TestData;
import dev.odeon.datasets.archives.ArchiveMembers;
import dev.odeon.datasets.archives.TarBuilder;
import dev.odeon.datasets.cache.ContentDigest.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
    @Test
    void namesAreUniqueAndCanBeFound() {
        assertThat(Catalogue.all()).extracting(KnownDataset::name).doesNotHaveDuplicates();
        assertThat(Catalogue.all())
                .allSatisfy(
                        dataset -> assertThat(Catalogue.find(dataset.name())).isSameAs(dataset));
        assertThatThrownBy(() -> Catalogue.find("corra"))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "data set 'corra' is unknown, nearest is cora; expected one of cora, citeseer, coauthor-cs, photo,"
                                + " computers, planetoid-cora, planetoid-citeseer, planetoid-pubmed, ogbn-arxiv, walker2d,"
                                + " plane-vibration, silverbox, physionet2012, mnist, cifar10, etth1, etth2, lynx-hare; check the spelling");
    }

    @Test
    void realFilesAreRecognised() {
        HostEnvironment environment = new HostEnvironment(
                Map.of(
                        "ODEON_DATA",
                        TestData.requireFolder("graphs", "cora.npz")
                                .resolveSibling("")
                                .toString()),
                "Linux",
                Path.of("nowhere"));
        DataLocator locator = DataLocator.of(environment);
        int found = 0;
        for (KnownDataset dataset : Catalogue.all()) {
            try {
                List<Path> paths = locator.findAll(dataset);
                for (int i = 0; i < paths.size(); i++) {
                    KnownFile file = dataset.files().get(i);
                    // A single walk is not the archive of all of them.
                    if (!paths.get(i).toString().endsWith(".npy")) {
                        assertThat(file.accepts(paths.get(i)))
                                .as(paths.get(i).toString())
                                .isTrue();
                        found++;
                    }
                }
            } catch (DataException e) {
                assertThat(e).hasMessageContaining("is not here");
            }
        }
        assertThat(found).isGreaterThanOrEqualTo(4);
    }

    @Test
    void archivesAreRecognisedHoweverTheyArePacked(@TempDir Path folder) throws IOException {
        byte[] tar = TarBuilder.tar(Map.of("a/x.txt", "one", "y.txt", "two"));
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(zipped)) {
            for (String[] member : new String[][] {{"b/y.txt", "two"}, {"x.txt", "one"}}) {
                zip.putNextEntry(new ZipEntry(member[0]));
                zip.write(member[1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        Path plain = Files.write(folder.resolve("p"), tar);
        ContentDigest digest = new ContentDigest(Kind.MEMBERS, ArchiveMembers.digest(plain, 1 << 20));
        for (byte[] bytes : new byte[][] {tar, TarBuilder.gzip(tar), TarBuilder.xz(tar), zipped.toByteArray()}) {
            assertThat(digest.matches(Files.write(folder.resolve("q"), bytes))).isTrue();
        }
        Path other = Files.write(folder.resolve("r"), TarBuilder.tar(Map.of("x.txt", "one", "y.txt", "tow")));
        assertThat(digest.matches(other)).isFalse();
        Path text = Files.writeString(folder.resolve("s"), "text");
        assertThat(digest.matches(text)).isFalse();
        ContentDigest unpacked = new ContentDigest(Kind.UNPACKED, Sha256.of(text));
        assertThat(unpacked.matches(
                        Files.write(folder.resolve("t"), TarBuilder.gzip("text".getBytes(StandardCharsets.UTF_8)))))
                .isTrue();
    }

    @Test
    void entriesCannotLeadOutOfTheFolder() {
        for (String location : new String[] {"../x", "/x", "a//b", "a/../../b", "", "a\\b", ".hidden"}) {
            assertThatThrownBy(() -> KnownFile.of("https://example.org", 1, "0".repeat(64), location))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("location");
        }
    }
}
