package dev.odeon.models.grand;

import dev.odeon.datasets.graphs.DenseFeatures;
import dev.odeon.datasets.graphs.Edges;
import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.KarateClub;
import dev.odeon.datasets.graphs.Split;
import dev.odeon.graph.layers.SegmentNormalisation;
import dev.odeon.models.optimisers.Adam;
import java.util.stream.IntStream;

/** Graphs and settings small enough for tests. */
final class SmallGraphs {

    private SmallGraphs() {}

    /** Seven nodes in two triangles that share an edge with a tail; node 6 has no edge. Three features, two classes. */
    static GraphData sevenNodes() {
        int[][] pairs = {{0, 1}, {1, 2}, {0, 2}, {2, 3}, {3, 4}, {1, 3}, {4, 5}};
        int[] source = new int[2 * pairs.length];
        int[] target = new int[2 * pairs.length];
        for (int i = 0; i < pairs.length; i++) {
            source[2 * i] = pairs[i][0];
            target[2 * i] = pairs[i][1];
            source[2 * i + 1] = pairs[i][1];
            target[2 * i + 1] = pairs[i][0];
        }
        float[] features = {1, 0, 2, 0, 1, 0, 0.5f, 0, -1, 3, 1, 1, 0, 0, 1, 2, 2, 0, 0, -1, 1};
        return new GraphData(
                "seven",
                Edges.unweighted(source, target),
                new DenseFeatures(features, 7, 3),
                new int[] {0, 0, 1, 1, 0, 1, 1},
                2);
    }

    static Split sevenNodesSplit() {
        return new Split(new int[] {0, 2, 6}, new int[] {1, 3}, new int[] {4, 5});
    }

    /** Small in every respect, with everything on: source, dropout. */
    static GrandSettingsBuilder tiny() {
        return GrandSettings.builder()
                .attention(new ScaledDotAttention(6, 2, SegmentNormalisation.SQUAREPLUS, SumsToOne.REACHING_A_NODE))
                .time(1.3)
                .hidden(4)
                .inputDropout(0.3)
                .dropout(0.2)
                .selfLoops(SelfLoops.AS_GIVEN)
                .optimiser(new Adam(0))
                .learningRate(0.01)
                .epochs(5);
    }

    /** Zachary's karate club. */
    static GraphData karateClub() {
        return KarateClub.load();
    }

    /** Only the two heads of the club and one friend of each are known. */
    static Split karateClubSplit() {
        int[] known = {0, 33, 1, 32};
        int[] validation = {2, 3, 23, 27, 29, 7};
        int[] test = IntStream.range(0, 34)
                .filter(node -> IntStream.concat(IntStream.of(known), IntStream.of(validation))
                        .noneMatch(other -> other == node))
                .toArray();
        return new Split(known, validation, test);
    }
}
