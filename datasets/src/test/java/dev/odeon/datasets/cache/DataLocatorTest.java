package dev.odeon.datasets.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLocatorTest {
    @TempDir
    Path folder;

    private final KnownDataset cora = Catalogue.find("cora");
    private Path data = Path.of("");
    private DataLocator locator = DataLocator.of(HostEnvironment.current());

    @BeforeEach
    void makeFolders() throws IOException {
        data = Files.createDirectories(folder.resolve("data"));
        locator = DataLocator.of(new HostEnvironment(
                Map.of(
                        "ODEON_DATA", data.toString(),
                        "ODEON_HOME", folder.resolve("home").toString()),
                "Linux",
                folder));
    }

    private static Path touch(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "x");
    }

    @Test
    void theGivenPathWinsThenTheDataFolderThenTheCache() throws IOException {
        Path cached = touch(folder.resolve("home/data/graphs/cora.npz"));
        assertThat(locator.find(cora)).isEqualTo(cached);
        Path inData = touch(data.resolve("graphs/cora.npz"));
        assertThat(locator.find(cora)).isEqualTo(inData);
        Path own = touch(folder.resolve("own/my-cora.npz"));
        assertThat(locator.withPath(own).find(cora)).isEqualTo(own);
    }

    @Test
    void aGivenFolderHoldsTheFileOrIsADataFolderOrTables() throws IOException {
        Path own = folder.resolve("own");
        Path tables = touch(own.resolve("nodes.arrow"));
        assertThat(locator.withPath(own).find(cora)).isEqualTo(tables.getParent());
        Path direct = touch(own.resolve("cora.npz"));
        assertThat(locator.withPath(own).find(cora)).isEqualTo(direct);
        Path below = touch(own.resolve("graphs/cora.npz"));
        assertThat(locator.withPath(own).find(cora)).isEqualTo(below);
    }

    @Test
    void aGivenFolderHoldsAllFilesOfADataSet() throws IOException {
        KnownDataset stays = Catalogue.find("physionet2012");
        touch(data.resolve("physionet2012/Outcomes-a.txt"));
        Path own = folder.resolve("own");
        Path archive = touch(own.resolve("set-a.tar.gz"));
        assertThatThrownBy(() -> locator.withPath(own).findAll(stays))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("own: no data of physionet2012; expected physionet2012/Outcomes-a.txt in it");
        Path outcomes = touch(own.resolve("Outcomes-a.txt"));
        assertThat(locator.withPath(own).findAll(stays)).containsExactly(archive, outcomes);
        Path laidOut = touch(own.resolve("physionet2012/Outcomes-a.txt"));
        assertThat(locator.withPath(own).findAll(stays)).containsExactly(archive, laidOut);
    }

    @Test
    void theOtherFilesLieBesideAGivenOneOrInTheUsualPlaces() throws IOException {
        KnownDataset stays = Catalogue.find("physionet2012");
        Path usual = touch(data.resolve("physionet2012/Outcomes-a.txt"));
        Path archive = touch(folder.resolve("own/my-set.tar"));
        assertThat(locator.withPath(archive).findAll(stays)).containsExactly(archive, usual);
        Path beside = touch(folder.resolve("own/Outcomes-a.txt"));
        assertThat(locator.withPath(archive).findAll(stays)).containsExactly(archive, beside);
    }

    @Test
    void aFolderOfTablesStandsForAllFiles() throws IOException {
        Path tables = touch(folder.resolve("own/nodes.arrow")).resolveSibling("");
        assertThat(locator.withPath(tables).findAll(Catalogue.find("planetoid-cora")))
                .containsExactly(tables);
    }

    @Test
    void saysHowToGetWhatIsMissing() {
        assertThatThrownBy(() -> locator.find(cora))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'cora' is not here")
                .hasMessageContaining(data.resolve("graphs/cora.npz").toString())
                .hasMessageContaining(
                        folder.resolve("home/data/graphs/cora.npz").toString())
                .hasMessageContaining("./odeon data fetch cora")
                .hasMessageContaining("--data FILE");
    }

    @Test
    void aPathThatLeadsNowhereIsNotPassedOver() throws IOException {
        touch(data.resolve("graphs/cora.npz"));
        assertThatThrownBy(() -> locator.withPath(folder.resolve("typo")).find(cora))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("typo: no such file");
        assertThatThrownBy(() -> locator.withPath(folder).find(cora))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no data of cora");
        DataLocator wrong = DataLocator.of(
                new HostEnvironment(Map.of("ODEON_DATA", folder.resolve("typo").toString()), "Linux", folder));
        assertThatThrownBy(() -> wrong.find(cora))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("correct or unset ODEON_DATA");
    }
}
