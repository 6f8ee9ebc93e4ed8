package dev.odeon.datasets.arrow;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.MappedColumn.Layout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * The table in an Arrow IPC file, ready to become tensors or arrays.
 *
 * <p>Opening maps the file and checks its structure; numbers are touched only when a column is asked for. A column of one
 * number per row becomes a tensor of shape [rows], one of w numbers per row (a fixed-size list) a tensor of shape
 * [rows, w]: one copy, from the mapped file straight into the tensor's own memory. Lists of varying length are read as
 * {@link #listOffsets} and flat values. Columns of other types may be there; asking for one is an error.
 *
 * <p>Types are never converted: asking for float64 where the file holds float32 is an error that says so. Every error about
 * the file is a {@link DataException} that names the file, the column, what was expected and what was found. The file
 * stays mapped until this object is collected; replace it by moving another one in its place, never by writing into it.
 */
public final class ArrowTable {
    private final Path path;
    private final IpcFile file;
    private final Map<String, MappedColumn> columns = new LinkedHashMap<>();

    private ArrowTable(Path path, IpcFile file) {
        this.path = path;
        this.file = file;
        file.columns().forEach(column -> columns.put(column.name(), column));
    }

    /**
     * Opens an Arrow IPC file ("Feather version 2"), uncompressed and little-endian.
     *
     * @param path the file
     * @return its table
     * @throws DataException if it is missing, damaged, truncated or compressed
     */
    public static ArrowTable open(Path path) {
        return new ArrowTable(path, IpcFile.read(path));
    }

    /** {@return the file this table was read from} */
    public Path path() {
        return path;
    }

    /** {@return the number of rows} */
    public int rows() {
        return file.rows();
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
        return file.metadata();
    }

    /**
     * Numbers per row of a column.
     *
     * @param column name of a column of numbers or fixed-size lists
     * @return 1 for plain numbers, w for lists of w numbers
     * @throws DataException if the column is missing or of another kind
     */
    public int width(String column) {
        MappedColumn found = find(column, "a column of numbers or fixed-size lists");
        if (found.type() == null || found.layout() == Layout.RAGGED) {
            throw wrong(found, "numbers or fixed-size lists");
        }
        return found.width();
    }

    /**
     * Type of the numbers in a column.
     *
     * @param column name of a column of numbers or lists of numbers
     * @return the type
     * @throws DataException if the column is missing or holds something else
     */
    public ElementType elementType(String column) {
        MappedColumn found = find(column, "a column of numbers");
        ElementType type = found.type();
        if (type == null) {
            throw wrong(found, "numbers");
        }
        return type;
    }

    /**
     * Copies a float64 column into a new tensor.
     *
     * @param column its name
     * @return a tensor of shape [rows] or [rows, w], to be closed by the caller
     * @throws DataException if the column is missing, of another type or has nulls
     */
    public TFloat64 float64(String column) {
        return tensor(column, ElementType.FLOAT64, TFloat64::tensorOf);
    }

    /**
     * Copies a float32 column into a new tensor.
     *
     * @param column its name
     * @return a tensor of shape [rows] or [rows, w], to be closed by the caller
     * @throws DataException if the column is missing, of another type or has nulls
     */
    public TFloat32 float32(String column) {
        return tensor(column, ElementType.FLOAT32, TFloat32::tensorOf);
    }

    /**
     * Copies an int32 column into a new tensor.
     *
     * @param column its name
     * @return a tensor of shape [rows] or [rows, w], to be closed by the caller
     * @throws DataException if the column is missing, of another type or has nulls
     */
    public TInt32 int32(String column) {
        return tensor(column, ElementType.INT32, TInt32::tensorOf);
    }

    /**
     * Copies an int64 column into a new tensor.
     *
     * @param column its name
     * @return a tensor of shape [rows] or [rows, w], to be closed by the caller
     * @throws DataException if the column is missing, of another type or has nulls
     */
    public TInt64 int64(String column) {
        return tensor(column, ElementType.INT64, TInt64::tensorOf);
    }

    /**
     * Copies a float64 column into an array, row by row.
     *
     * @param column its name; lists of any kind are allowed
     * @return the numbers
     * @throws DataException if the column is missing, of another type or has nulls
     */
    public double[] doubles(String column) {
        MappedColumn found = numbers(column, ElementType.FLOAT64);
        double[] values = new double[length(found)];
        int next = 0;
        for (ByteBuffer part : found.values()) {
            int count = part.capacity() / Double.BYTES;
            part.asDoubleBuffer().get(values, next, count);
            next += count;
        }
        return values;
    }

    /**
     * Copies a float32 column into an array, row by row.
     *
     * @param column its name; lists of any kind are allowed
     * @return the numbers
     * @throws DataException if the column is missing, of another type or has nulls
     */
    public float[] floats(String column) {
        MappedColumn found = numbers(column, ElementType.FLOAT32);
        float[] values = new float[length(found)];
        int next = 0;
        for (ByteBuffer part : found.values()) {
            int count = part.capacity() / Float.BYTES;
            part.asFloatBuffer().get(values, next, count);
            next += count;
        }
        return values;
    }

    /**
     * Copies an int32 column into an array, row by row.
     *
     * @param column its name; lists of any kind are allowed
     * @return the numbers
     * @throws DataException if the column is missing, of another type or has nulls
     */
    public int[] ints(String column) {
        MappedColumn found = numbers(column, ElementType.INT32);
        int[] values = new int[length(found)];
        int next = 0;
        for (ByteBuffer part : found.values()) {
            int count = part.capacity() / Integer.BYTES;
            part.asIntBuffer().get(values, next, count);
            next += count;
        }
        return values;
    }

    /**
     * Where the lists of a column of varying lengths begin and end in its flat values.
     *
     * @param column its name
     * @return rows + 1 ascending numbers, the first one 0; list i is [offsets[i], offsets[i + 1])
     * @throws DataException if the column is missing, not of lists of varying length, or has nulls
     */
    public int[] listOffsets(String column) {
        MappedColumn found = find(column, "a column of lists");
        if (found.layout() != Layout.RAGGED) {
            throw wrong(found, "lists of varying length");
        }
        rejectNulls(found);
        length(found);
        int[] offsets = new int[rows() + 1];
        int row = 0;
        for (ByteBuffer part : found.offsets()) {
            int shift = offsets[row] - part.getInt(0);
            for (int i = 1; i < part.capacity() / Integer.BYTES; i++) {
                offsets[++row] = part.getInt(i * Integer.BYTES) + shift;
            }
        }
        return offsets;
    }

    private <T extends TType> T tensor(String column, ElementType type, Function<Shape, T> allocate) {
        MappedColumn found = numbers(column, type);
        if (found.layout() == Layout.RAGGED) {
            throw wrong(found, type + " or fixed-size lists of it");
        }
        Shape shape = found.layout() == Layout.FIXED ? Shape.of(rows(), found.width()) : Shape.of(rows());
        T tensor = allocate.apply(shape);
        try {
            TensorMemory.fill(tensor, found.values());
            return tensor;
        } catch (RuntimeException e) {
            tensor.close();
            throw e;
        }
    }

    private MappedColumn numbers(String column, ElementType type) {
        MappedColumn found = find(column, "a column of type " + type);
        if (found.type() != type) {
            throw wrong(found, type.toString());
        }
        rejectNulls(found);
        return found;
    }

    private void rejectNulls(MappedColumn column) {
        if (column.nulls() > 0) {
            throw DataException.of(
                    path,
                    "column '" + column.name() + "' with " + column.nulls() + " nulls",
                    "no nulls",
                    "drop or fill these rows");
        }
    }

    private MappedColumn find(String column, String expected) {
        MappedColumn found = columns.get(column);
        if (found == null) {
            throw DataException.of(
                    path,
                    "columns " + columns.keySet(),
                    expected + " called '" + column + "'",
                    "use a file that was written for this purpose");
        }
        return found;
    }

    private DataException wrong(MappedColumn column, String expected) {
        return DataException.of(
                path,
                "column '" + column.name() + "' of type " + column.description(),
                expected,
                "write the column in this type");
    }

    private int length(MappedColumn column) {
        if (column.elements() > Integer.MAX_VALUE - 8) {
            throw DataException.of(
                    path,
                    "column '" + column.name() + "' of " + column.elements() + " numbers",
                    "fewer than 2147483639",
                    "split the file");
        }
        return (int) column.elements();
    }
}
