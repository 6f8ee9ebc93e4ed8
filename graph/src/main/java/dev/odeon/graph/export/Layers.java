package dev.odeon.graph.export;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Places for the nodes of a frame: every node stands below those it reads, in a row ordered by where these stand.
 *
 * <p>The row of a node is the longest path to it; inputs and parameters stand right above their first reader. Source: K.
 * Sugiyama, S. Tagawa, M. Toda, Methods for visual understanding of hierarchical system structures, 1981.
 */
final class Layers {

    /** Height of a line of text. */
    static final int LINE = 13;

    private static final double LETTER = 6.4;
    private static final double GAP = 14;
    private static final double ROW_GAP = 34;
    private static final int SWEEPS = 4;

    /** Where a node stands. */
    record Place(double left, double top, double width, double height) {
        double centre() {
            return left + width / 2;
        }

        double bottom() {
            return top + height;
        }
    }

    private final Map<String, Place> places;
    private final double width;
    private final double height;

    private Layers(Map<String, Place> places, double width, double height) {
        this.places = places;
        this.width = width;
        this.height = height;
    }

    static Layers of(Drawing.Frame frame) {
        Map<String, List<String>> readers = new HashMap<>();
        Map<String, List<String>> sources = new HashMap<>();
        for (Drawing.Edge edge : frame.edges()) {
            readers.computeIfAbsent(edge.from(), name -> new ArrayList<>()).add(edge.to());
            sources.computeIfAbsent(edge.to(), name -> new ArrayList<>()).add(edge.from());
        }
        List<List<Drawing.Node>> rows = rows(frame, readers, sources);
        Map<String, Double> order = new HashMap<>();
        rows.forEach(row -> number(row, order));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            Map<String, List<String>> neighbours = sweep % 2 == 0 ? sources : readers;
            for (List<Drawing.Node> row : rows) {
                row.sort(Comparator.comparingDouble(node -> mean(node, neighbours, order)));
                number(row, order);
            }
        }
        return placed(rows);
    }

    private static List<List<Drawing.Node>> rows(
            Drawing.Frame frame, Map<String, List<String>> readers, Map<String, List<String>> sources) {
        Map<String, Integer> waiting = new HashMap<>();
        Map<String, Integer> level = new LinkedHashMap<>();
        Deque<String> ready = new ArrayDeque<>();
        for (Drawing.Node node : frame.nodes()) {
            int count = sources.getOrDefault(node.name(), List.of()).size();
            waiting.put(node.name(), count);
            level.put(node.name(), 0);
            if (count == 0) {
                ready.add(node.name());
            }
        }
        // Nodes on a cycle never become ready: they stay where they are.
        while (!ready.isEmpty()) {
            String name = ready.remove();
            for (String reader : readers.getOrDefault(name, List.of())) {
                level.merge(reader, level.getOrDefault(name, 0) + 1, Math::max);
                if (waiting.merge(reader, -1, Integer::sum) == 0) {
                    ready.add(reader);
                }
            }
        }
        List<List<Drawing.Node>> rows = new ArrayList<>();
        for (Drawing.Node node : frame.nodes()) {
            int row = level.getOrDefault(node.name(), 0);
            if (!sources.containsKey(node.name())) {
                row = readers.getOrDefault(node.name(), List.of()).stream()
                        .mapToInt(reader -> Math.max(0, level.getOrDefault(reader, 1) - 1))
                        .min()
                        .orElse(row);
            }
            while (rows.size() <= row) {
                rows.add(new ArrayList<>());
            }
            rows.get(row).add(node);
        }
        return rows;
    }

    private static void number(List<Drawing.Node> row, Map<String, Double> order) {
        for (int i = 0; i < row.size(); i++) {
            order.put(row.get(i).name(), (i + 0.5) / row.size());
        }
    }

    private static double mean(Drawing.Node node, Map<String, List<String>> neighbours, Map<String, Double> order) {
        return neighbours.getOrDefault(node.name(), List.of()).stream()
                .mapToDouble(name -> order.getOrDefault(name, 0.5))
                .average()
                .orElse(order.getOrDefault(node.name(), 0.5));
    }

    private static Layers placed(List<List<Drawing.Node>> rows) {
        double width = 0;
        for (List<Drawing.Node> row : rows) {
            width = Math.max(
                    width, row.stream().mapToDouble(node -> width(node) + GAP).sum() + GAP);
        }
        Map<String, Place> places = new HashMap<>();
        double y = 0;
        for (List<Drawing.Node> row : rows) {
            double free =
                    width - row.stream().mapToDouble(node -> width(node) + GAP).sum() - GAP;
            double x = GAP + free / 2;
            double highest = 0;
            for (Drawing.Node node : row) {
                Place place = new Place(x, y, width(node), LINE * node.lines().size() + 8);
                places.put(node.name(), place);
                x += place.width() + GAP;
                highest = Math.max(highest, place.height());
            }
            y += highest + ROW_GAP;
        }
        return new Layers(places, width, y);
    }

    private static double width(Drawing.Node node) {
        return 16
                + LETTER * node.lines().stream().mapToInt(String::length).max().orElse(0);
    }

    Place place(String name) {
        return Objects.requireNonNull(places.get(name), name);
    }

    double width() {
        return width;
    }

    double height() {
        return height;
    }
}
