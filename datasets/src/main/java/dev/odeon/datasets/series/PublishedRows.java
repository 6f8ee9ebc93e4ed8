package dev.odeon.datasets.series;

import dev.odeon.datasets.DataException;
import java.nio.file.Path;
import java.util.Arrays;

/** Notices that a published table, known by its first row, was cut short: its splits would be others. */
final class PublishedRows {
    private PublishedRows() {}

    static void require(Path path, Series table, double[] first, int rows) {
        boolean published = Arrays.equals(Arrays.copyOf(table.values(), table.width()), first);
        if (published && table.length() != rows) {
            throw DataException.of(path, table.length() + " rows", rows + ", as published", "download it again");
        }
    }
}
