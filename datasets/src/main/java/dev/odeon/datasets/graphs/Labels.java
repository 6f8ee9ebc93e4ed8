package dev.odeon.datasets.graphs;

import java.util.Arrays;
import java.util.List;

/**
 * The classes of nodes, from labels of any kind: each different label is a class, in ascending order from 0.
 *
 * @param classes the class of each node; not copied
 * @param names the label of each class
 */
@SuppressWarnings("ArrayRecordComponent") // Bulk data: a defensive copy of every access would double the memory.
public record Labels(int[] classes, List<String> names) {
    public Labels {
        names = List.copyOf(names);
    }

    /**
     * Numbers labels that are numbers: 1, 2, 3 become 0, 1, 2, and so do -5, 0, 70.
     *
     * @param labels one per node
     * @return the classes
     * @throws IllegalArgumentException if one label is negative beside 0, 1, ...: perhaps it means that there is none
     */
    public static Labels of(int[] labels) {
        int[] different = Arrays.stream(labels).sorted().distinct().toArray();
        boolean doubtful = different.length > 2 && different[0] < 0;
        for (int i = 1; i < different.length; i++) {
            doubtful &= different[i] == i - 1;
        }
        if (doubtful) {
            throw new IllegalArgumentException("label " + different[0] + " beside 0 to " + (different.length - 2)
                    + ", perhaps of nodes without one: leave these nodes out, or label all of them from 0 on");
        }
        return new Labels(
                Arrays.stream(labels)
                        .map(label -> Arrays.binarySearch(different, label))
                        .toArray(),
                Arrays.stream(different).mapToObj(Integer::toString).toList());
    }

    /**
     * Numbers labels that are texts, in the order of their characters.
     *
     * @param labels one per node
     * @return the classes
     * @throws IllegalArgumentException if one is empty
     */
    public static Labels of(String[] labels) {
        String[] different = Arrays.stream(labels).sorted().distinct().toArray(String[]::new);
        if (different.length > 0 && different[0].isEmpty()) {
            throw new IllegalArgumentException(
                    "an empty label, perhaps of nodes without one: leave these nodes out, or label all of them");
        }
        return new Labels(
                Arrays.stream(labels)
                        .mapToInt(label -> Arrays.binarySearch(different, label))
                        .toArray(),
                List.of(different));
    }

    /** {@return how many classes there are} */
    public int count() {
        return names.size();
    }
}
