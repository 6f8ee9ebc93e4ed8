package dev.odeon.datasets.named;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.TestData;
import dev.odeon.datasets.cache.Catalogue;
import dev.odeon.datasets.cache.DataLocator;
import dev.odeon.datasets.cache.HostEnvironment;
import dev.odeon.datasets.cache.KnownDataset;
import dev.odeon.datasets.formats.DataKind;
import dev.odeon.datasets.formats.Fact;
import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.KarateClub;
import dev.odeon.datasets.graphs.files.ArrowGraphs;
import dev.odeon.datasets.series.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetsTest {

    @TempDir
    Path folder;

    /** Those of the catalogue, in a data folder of the test. */
    private DataSets sets() {
        HostEnvironment environment =
                new HostEnvironment(Map.of(DataLocator.VARIABLE, folder.toString()), "Linux", folder);
        return DataSets.usual().withLocator(DataLocator.of(environment));
    }

    @Test
    void readsARealGraphByItsName() {
        TestData.require("graphs/cora.npz");
        GraphData cora = DataSets.named("cora", DataKind.GRAPH);
        assertThat(cora.standard().nodes()).isEqualTo(2485);
    }

    @Test
    void readsARealSeriesByItsName() {
        TestData.require("timeseries/hudson-bay-lynx-hare.csv");
        Series pelts = DataSets.named("lynx-hare", DataKind.SERIES);
        assertThat(pelts.channels()).containsExactly("Lynx", "Hare");
        assertThat(pelts.length()).isEqualTo(21);
    }

    @Test
    void readsFromAGivenPath() {
        ArrowGraphs.write(KarateClub.load(), folder);
        GraphData graph = sets().withPath(folder).read("cora", DataKind.GRAPH);
        assertThat(graph.nodes()).isEqualTo(34);
    }

    @Test
    void refusesAnUnknownNameAndTellsTheNearest() {
        assertThatThrownBy(() -> DataSets.named("corra", DataKind.GRAPH))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("data set 'corra' is unknown, nearest is cora; expected one of cora,");
        assertThatThrownBy(() -> DataSets.named("my-walks", DataKind.WALKS))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("data set 'my-walks' is unknown; expected one of cora,");
    }

    @Test
    void refusesAKindThatItIsNot() {
        assertThatThrownBy(() -> DataSets.named("etth1", DataKind.GRAPH))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("data set 'etth1' is a series; expected a graph; choose from cora, citeseer");
        assertThatThrownBy(() -> DataSets.named("mnist", new DataKind<Path>("a sound")))
                .isInstanceOf(DataException.class)
                .hasMessage("data set 'mnist' is a set of images; expected a sound; ask for what it is");
    }

    @Test
    void everyNameOfTheCatalogueBelongsToOneKind() {
        List<String> names = new ArrayList<>();
        for (DataKind<?> kind : List.of(
                DataKind.GRAPH,
                DataKind.SERIES,
                DataKind.IMAGES,
                DataKind.PATIENTS,
                DataKind.WALKS,
                DataKind.VIBRATION,
                DataKind.FORECAST)) {
            names.addAll(DataSets.usual().names(kind));
        }
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        Catalogue.all().stream().map(KnownDataset::name).toList());
    }

    /** The example of CONTRIBUTING: an entry and a file, no more. */
    @Test
    void aDataSetOfAKnownFormatIsOneEntry() throws IOException {
        WeatherStation.write(folder);
        DataSets sets = sets().with(WeatherStation.ENTRY);
        Series weather = sets.read("weather-station", DataKind.SERIES);
        assertThat(weather.channels()).containsExactly("temperature", "wind");
        assertThat(weather.times()).containsExactly(0, 1, 3);
        KnownDataset found = sets.find("weather-station");
        List<Path> files = sets.files(found);
        assertThat(found.files().get(0).accepts(files.get(0))).isTrue();
        assertThat(found.format().facts(files))
                .extracting(Fact::name, Fact::value)
                .contains(org.assertj.core.groups.Tuple.tuple("rows", 3L));
        found.format().convert(files, folder);
        assertThat(Files.size(folder.resolve("series.arrow"))).isPositive();
        assertThat(sets.names(DataKind.SERIES)).containsExactly("etth1", "etth2", "lynx-hare", "weather-station");
        assertThatThrownBy(() -> sets.with(WeatherStation.ENTRY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'weather-station' already");
    }
}
