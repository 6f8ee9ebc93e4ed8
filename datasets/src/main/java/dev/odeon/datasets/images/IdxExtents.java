package dev.odeon.datasets.images;

import java.nio.file.Path;

/** Reads how large an array of bytes in the idx format is. */
public final class IdxExtents {
    private IdxExtents() {}

    /**
     * Reads and checks a file.
     *
     * @param path the file, plain or compressed
     * @return its extents; of images their count, height and width
     * @throws dev.odeon.datasets.DataException if it is missing or damaged
     */
    public static int[] of(Path path) {
        return IdxFile.read(path).extents().clone();
    }
}
