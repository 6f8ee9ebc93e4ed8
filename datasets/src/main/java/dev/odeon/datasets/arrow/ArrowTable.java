package dev.odeon.datasets.arrow;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.columns.MappedColumn;
import dev.odeon.datasets.arrow.columns.TableContents;
import dev.odeon.datasets.arrow.ipc.IpcFile;
import dev.odeon.datasets.arrow.ipc.VectorColumns;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * The table in an Arrow IPC file, ready to become tensors or arrays.
 *
 * <pre>{@code
 * ArrowTable table = ArrowTable.open(Path.of("ks.arrow"));
 * try (TFloat64 u = table.column("u").tensor(TFloat64.class)) { ... }
 * }</pre>
 *
 * <p>Opening maps the file and checks its structure; numbers are touched only when a {@link ArrowColumn} is copied. Columns
 * of types that are neither numbers nor texts may be there; copying one is an error. Every error about the file is a {@link DataException}
 * that names the file, the column, what was expected and what was found. The file stays mapped until this object is
 * collected; replace it by moving another one in its place, never by writing into it.
 */
public final class ArrowTable {
    private final Path path;
    private final TableContents contents;
    private final Map<String, ArrowColumn> columns = new LinkedHashMap<>();

    ArrowTable(Path path, TableContents contents) {
        this.path = path;
        this.contents = contents;
        for (MappedColumn column : contents.columns()) {
            columns.put(column.name(), new ArrowColumn(path, column, contents.rows()));
        }
    }

    /**
     * Opens an Arrow IPC file ("Feather version 2") or a file of an Arrow IPC stream, little-endian. Buffers that are
     * compressed with LZ4 or ZSTD are unpacked into memory here; all others stay in the file.
     *
     * <p>A stream in a file must end with its marker: without it, one that was cut off between two batches would look
     * complete.
     *
     * @param path the file
     * @return its table
     * @throws DataException if it is missing, damaged, truncated or of a form that cannot be read
     */
    public static ArrowTable open(Path path) {
        return new ArrowTable(path, IpcFile.read(path));
    }

    /**
     * Whether a file is one that {@link #open} reads, or says by name why it does not.
     *
     * @param start the first bytes of the file, some thousand if it has as many
     * @return whether it begins as an IPC file, a stream, or a file of Feather version 1
     */
    public static boolean begins(byte[] start) {
        return IpcFile.begins(start);
    }

    /**
     * Sees a record batch of any Arrow producer as a table.
     *
     * @param name what it is called in messages
     * @param batch the batch; it must stay open and unchanged as long as the table is used
     * @return its table
     * @throws DataException if two columns have one name
     */
    public static ArrowTable of(String name, VectorSchemaRoot batch) {
        return new ArrowTable(Path.of(name), VectorColumns.of(name, batch));
    }

    /** {@return the file this table was read from} */
    public Path path() {
        return path;
    }

    /** {@return the number of rows} */
    public int rows() {
        return contents.rows();
    }

    /** {@return the names of all columns, in the order of the file} */
    public Set<String> columns() {
        return Collections.unmodifiableSet(columns.keySet());
    }

    /** {@return whether there is a column of this name, of whatever type} */
    public boolean has(String column) {
        return columns.containsKey(column);
    }

    /** {@return the metadata of the schema} */
    public Map<String, String> metadata() {
        return contents.metadata();
    }

    /**
     * One column, to be copied into a tensor or an array.
     *
     * @param name its name
     * @return the column, of whatever type
     * @throws DataException if there is none of this name
     */
    public ArrowColumn column(String name) {
        ArrowColumn found = columns.get(name);
        if (found == null) {
            throw DataException.of(
                    path,
                    "columns " + columns.keySet(),
                    "a column called '" + name + "'",
                    "use a file that was written for this purpose");
        }
        return found;
    }
}
