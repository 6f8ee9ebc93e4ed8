package dev.odeon.experiments.grand;

import dev.odeon.datasets.contents.FileContents;
import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.KarateClub;
import dev.odeon.datasets.graphs.ProportionalSplit;
import dev.odeon.datasets.graphs.Split;
import dev.odeon.datasets.graphs.SplitProtocol;
import dev.odeon.datasets.graphs.files.GraphFiles;
import dev.odeon.datasets.named.DataSets;
import dev.odeon.experiments.training.Settings;
import dev.odeon.models.grand.GrandSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A graph with the model that suits it and the protocol by which it is split.
 *
 * @param name in the catalogue
 * @param settings of the model
 * @param protocol of the split
 */
record GraphDataset(String name, GrandSettings settings, SplitProtocol protocol) {

    /** The split that suits the file. */
    static final String AUTO = "auto";

    /** The graph that comes with the program. */
    private static final String KARATE = KarateClub.NAME;

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
     * The one that {@code --dataset} names.
     *
     * @throws IllegalArgumentException if there is none, with the nearest and with what other graphs need
     */
    static GraphDataset of(Settings settings) {
        String option = "dataset";
        try {
            return settings.choice(option, all());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + "; for another graph give --data FILE, and with --" + option
                            + " whose settings suit",
                    e);
        }
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
        if (!path.isEmpty()) {
            FileContents.requireNotForeign(Path.of(path));
        }
        return GraphFiles.read(file(path)).standard();
    }

    /**
     * Splits the graph.
     *
     * @param graph as {@link #read} gave it
     * @param path the user's file or folder, or an empty text
     * @param development how many nodes train or validate, or {@link #AUTO}: by the masks in the file; or else by the
     *     protocol of the data set; or, if the graph is too small for it, by shares
     * @param seed of the split
     */
    ChosenSplit split(GraphData graph, String path, String development, long seed) {
        if (!development.equals(AUTO)) {
            int nodes = nodes(development);
            SplitProtocol wanted =
                    new SplitProtocol(Math.min(protocol.labelsPerClass(), nodes), nodes, protocol.developmentSeed());
            return new ChosenSplit(wanted.split(graph, seed), nodes + " nodes for development, as asked for");
        }
        if (!name.equals(KARATE)) {
            Path file = file(path);
            Optional<Split> masks = GraphFiles.split(file, seed);
            if (masks.isPresent()) {
                int[] kept =
                        GraphFiles.read(file).symmetric().withoutSelfLoops().largestComponentNodes();
                return new ChosenSplit(masks.get().among(kept), "the masks in the file");
            }
        }
        if (protocol.suits(graph)) {
            return new ChosenSplit(protocol.split(graph, seed), protocol.developmentNodes() + " nodes for development");
        }
        return new ChosenSplit(
                new ProportionalSplit(protocol.developmentSeed()).split(graph, seed),
                "shares of each class, 48 % to train, 32 % to validate, 20 % to test");
    }

    private static int nodes(String development) {
        try {
            int nodes = Integer.parseInt(development);
            if (nodes >= 1) {
                return nodes;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "--development is " + development + ": give a whole number, 1 or more, or " + AUTO);
    }

    private Path file(String path) {
        DataSets sets = path.isEmpty() ? DataSets.usual() : DataSets.usual().withPath(Path.of(path));
        return sets.files(sets.find(name)).get(0);
    }
}
