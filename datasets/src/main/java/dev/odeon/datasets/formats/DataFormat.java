package dev.odeon.datasets.formats;

import java.nio.file.Path;
import java.util.List;

/**
 * How a data set is read, counted and converted.
 *
 * @param <D> what it is once it is read
 */
public interface DataFormat<D> {

    /** {@return what it is once it is read} */
    DataKind<D> kind();

    /**
     * Reads the data.
     *
     * @param files the files of the data set, in the order of the catalogue
     * @return the data
     * @throws dev.odeon.datasets.DataException if a file is damaged or something else
     */
    D read(List<Path> files);

    /**
     * Reads the data and counts.
     *
     * @param files the files of the data set, in the order of the catalogue
     * @return the counts, in the order of printing
     */
    List<Fact> facts(List<Path> files);

    /**
     * Writes the data as Arrow tables.
     *
     * @param files the files of the data set, in the order of the catalogue
     * @param folder where the tables go
     */
    void convert(List<Path> files, Path folder);
}
