package dev.odeon.datasets.cache;

import dev.odeon.datasets.formats.DataFormat;
import java.util.List;
import java.util.Objects;

/**
 * A public data set that Odeon knows by name.
 *
 * @param name what the user calls it, for example {@code cora}
 * @param title what it is, in a few words
 * @param licence terms of use, as far as the publishers state them
 * @param format how they are read
 * @param files its files, one at least; the first one stands for the data set where one path is asked for
 */
public record KnownDataset(String name, String title, String licence, DataFormat<?> format, List<KnownFile> files) {
    public KnownDataset {
        if (!name.matches("[a-z0-9][a-z0-9-]*")) {
            throw new IllegalArgumentException("name = " + name + ": use lower-case letters, digits and hyphens");
        }
        Objects.requireNonNull(format, "format");
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException(name + " without files: give one at least");
        }
    }

    /** {@return the place of the first file below a data folder} */
    public String location() {
        return files.get(0).location();
    }

    /** {@return the size of all files, about} */
    public long bytes() {
        return files.stream().mapToLong(KnownFile::bytes).sum();
    }
}
