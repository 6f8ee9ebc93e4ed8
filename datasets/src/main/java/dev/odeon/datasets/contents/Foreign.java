package dev.odeon.datasets.contents;

import dev.odeon.datasets.DataException;

/** Well-known kinds of files that are not read here, each with what to do about it. */
enum Foreign {
    PARQUET("PAR1", "a Parquet file", "convert it with ForeignFile.convert, or pyarrow.feather.write_feather"),
    HDF5("\u0089HDF\r\n\u001a\n", "an HDF5 file", "convert it with numpy.save, or pandas' to_feather"),
    MATLAB("MATLAB 5", "a MATLAB file", "convert it with scipy.io.loadmat and numpy.save"),
    SQLITE("SQLite format 3\0", "an SQLite data base", "convert it with pandas' read_sql and to_feather"),
    ORC("ORC", "an ORC file", "convert it with pyarrow.feather.write_feather"),
    AVRO("Obj\u0001", "an Avro file", "convert it to Arrow"),
    BZIP2("BZh", "a file compressed with bzip2", "unpack it, or compress it with gzip or xz"),
    ZSTD("(\u00b5/\u00fd", "a file compressed with Zstandard", "unpack it, or compress it with gzip or xz");

    private final String magic;
    private final String found;
    private final String remedy;

    Foreign(String magic, String found, String remedy) {
        this.magic = magic;
        this.found = found;
        this.remedy = remedy;
    }

    /**
     * Refuses a file of one of these kinds.
     *
     * @throws DataException if it is
     */
    static void refuse(FileStart start) {
        for (Foreign kind : values()) {
            if (start.rawBegins(kind.magic)) {
                throw DataException.of(start.path(), kind.found, "a kind that is read here", kind.remedy);
            }
        }
    }
}
