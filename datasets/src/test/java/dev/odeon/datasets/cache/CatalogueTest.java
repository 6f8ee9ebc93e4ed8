package dev.odeon.datasets.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Sha256;
import dev.odeon.datasets.TestData;
import dev.odeon.datasets.graphs.files.GraphDigest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
    @Test
    void namesAreUniqueAndCanBeFound() {
        assertThat(Catalogue.all()).extracting(KnownDataset::name).doesNotHaveDuplicates();
        assertThat(Catalogue.all())
                .allSatisfy(
                        dataset -> assertThat(Catalogue.find(dataset.name())).isSameAs(dataset));
        assertThatThrownBy(() -> Catalogue.find("corra"))
                .isInstanceOf(DataException.class)
                .hasMessage("data set 'corra' is unknown; expected one of cora, citeseer, coauthor-cs, photo;"
                        + " check the spelling");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cora", "citeseer", "coauthor-cs", "photo"})
    void realFilesAreRecognised(String name) throws IOException {
        KnownDataset dataset = Catalogue.find(name);
        Path file = TestData.require(dataset.location());
        assertThat(Files.size(file)).isEqualTo(dataset.bytes());
        assertThat(Sha256.of(file)).isEqualTo(dataset.sha256());
        assertThat(dataset.graphSha256()).contains(GraphDigest.of(file));
    }

    @Test
    void entriesCannotLeadOutOfTheFolder() {
        for (String location : new String[] {"../x", "/x", "a//b", "a/../../b", "", "a\\b", ".hidden"}) {
            assertThatThrownBy(() -> new KnownDataset(
                            "x",
                            "",
                            URI.create("https://example.org"),
                            1,
                            "0".repeat(64),
                            Optional.empty(),
                            "",
                            location))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("location");
        }
    }
}
