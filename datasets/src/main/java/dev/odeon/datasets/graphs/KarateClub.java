package dev.odeon.datasets.graphs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The friendships in a karate club that was about to split: 34 members, 78 friendships, 2 factions.
 *
 * <p>A real graph that needs no download, for examples and tests. The features are the identity: a model has only the
 * links to go by. Label 0 is the faction that stayed with the instructor ("Mr. Hi"), label 1 the one that left with the
 * administrator.
 *
 * <p>Source: W. W. Zachary, An information flow model for conflict and fission in small groups, 1977.
 */
public final class KarateClub {
    /** By which it is asked for. */
    public static final String NAME = "karate";

    private static final String RESOURCE = "karate-club.txt";

    private KarateClub() {}

    /** {@return the graph, symmetric and without self-loops} */
    public static GraphData load() {
        List<String[]> lines = lines();
        int[] labels = new int[lines.size()];
        int edges = lines.stream().mapToInt(line -> line.length - 2).sum();
        int[] source = new int[edges];
        int[] target = new int[edges];
        int next = 0;
        for (int member = 0; member < labels.length; member++) {
            String[] line = lines.get(member);
            labels[member] = line[1].equals("instructor") ? 0 : 1;
            for (int i = 2; i < line.length; i++) {
                source[next] = member;
                target[next++] = Integer.parseInt(line[i]) - 1;
            }
        }
        return new GraphData(
                        "karate-club",
                        Edges.unweighted(source, target),
                        SparseFeatures.identity(labels.length),
                        labels,
                        2)
                .symmetric();
    }

    /** Reads the lines "member faction friend friend ..."; each friendship stands once, with the lower number. */
    private static List<String[]> lines() {
        try (InputStream in = KarateClub.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the datasets module: rebuild it");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.trim().split("\\s+"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
