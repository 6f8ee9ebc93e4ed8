package dev.odeon.experiments.grand;

import dev.odeon.datasets.formats.DataKind;
import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.KarateClub;
import dev.odeon.datasets.graphs.SplitProtocol;
import dev.odeon.datasets.named.DataSets;
import dev.odeon.models.grand.GrandSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A graph with the model that suits it and the protocol by which it is split.
 *
 * @param name in the catalogue
 * @param settings of the model
 * @param protocol of the split
 */
record GraphDataset(String name, GrandSettings settings, SplitProtocol protocol) {

    private static final String KARATE = "karate";

    /** Those that {@code --dataset} chooses from. */
    static Map<String, GraphDataset> all() {
        Map<String, GraphDataset> all = new LinkedHashMap<>();
        for (GraphDataset dataset : new GraphDataset[] {
            new GraphDataset("cora", GrandSettings.cora(), SplitProtocol.of(1500)),
            new GraphDataset("coauthor-cs", GrandSettings.coauthorCs(), SplitProtocol.of(5000)),
            new GraphDataset("photo", GrandSettings.photo(), SplitProtocol.of(1500)),
            // Comes with the program, so it needs no data; two clubs of 17, four known members each.
            new GraphDataset(
                    KARATE,
                    GrandSettings.cora().toBuilder()
                            .hidden(16)
                            .time(4)
                            .epochs(50)
                            .build(),
                    new SplitProtocol(4, 20, 0))
        }) {
            all.put(dataset.name(), dataset);
        }
        return all;
    }

    /**
     * Reads the graph: largest component, both directions, no loops.
     *
     * @param path the user's file or folder, or an empty text
     */
    GraphData read(String path) {
        if (name.equals(KARATE)) {
            if (!path.isEmpty()) {
                throw new IllegalArgumentException(
                        "--data is " + path + ", but the karate club comes with the program: leave it out");
            }
            return KarateClub.load().standard();
        }
        DataSets sets = path.isEmpty() ? DataSets.usual() : DataSets.usual().withPath(Path.of(path));
        return sets.read(name, DataKind.GRAPH).standard();
    }
}
