package dev.odeon.datasets.arrow;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.MappedColumn.Layout;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.arrow.vector.VectorSchemaRoot;
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
 * [rows, w]: one copy, from the mapped file straight into the tensor's own memory. Lists of varying length become
 * the {@link RaggedTensor} of all numbers and the places where rows begin; columns with nulls a {@link MaskedTensor}. Columns of other types may be there; asking for one is an error.
 *
 * <p>Types are never converted: asking for float64 where the file holds float32 is an error that says so. Every error about
 * the file is a {@link DataException} that names the file, the column, what was expected and what was found. The file
 * stays mapped until this object is collected; replace it by moving another one in its place, never by writing into it.
 */
public final class ArrowTable {
    private final Path path;
    private final TableContents contents;
    private final Map<String, MappedColumn> columns = new LinkedHashMap<>();

    ArrowTable(Path path, TableContents contents) {
        this.path = path;
        this.contents = contents;
        contents.columns().forEach(column -> columns.put(column.name(), column));
    }

    /**
     * Opens an Arrow IPC file ("Feather version 2") or a file of an Arrow IPC stream, uncompressed and little-endian.
     *
     * <p>A stream in a file must end with its marker: without it, one that was cut off between two batches would look
     * complete.
     *
     * @param path the file
     * @return its table
     * @throws DataException if it is missing, damaged, truncated or compressed
     */
    public static ArrowTable open(Path path) {
        return new ArrowTable(path, IpcFile.read(path));
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
     * Copies a float64 column that may have nulls into a new tensor.
     *
     * @param column its name
     * @return the numbers, 0 for nulls, and the mask, both of shape [rows] or [rows, w]; to be closed by the caller
     * @throws DataException if the column is missing or of another type
     */
    public MaskedTensor<TFloat64> maskedFloat64(String column) {
        return masked(column, ElementType.FLOAT64, TFloat64::tensorOf);
    }

    /**
     * Copies a float32 column that may have nulls into a new tensor.
     *
     * @param column its name
     * @return the numbers, 0 for nulls, and the mask, both of shape [rows] or [rows, w]; to be closed by the caller
     * @throws DataException if the column is missing or of another type
     */
    public MaskedTensor<TFloat32> maskedFloat32(String column) {
        return masked(column, ElementType.FLOAT32, TFloat32::tensorOf);
    }

    /**
     * Copies an int32 column that may have nulls into a new tensor.
     *
     * @param column its name
     * @return the numbers, 0 for nulls, and the mask, both of shape [rows] or [rows, w]; to be closed by the caller
     * @throws DataException if the column is missing or of another type
     */
    public MaskedTensor<TInt32> maskedInt32(String column) {
        return masked(column, ElementType.INT32, TInt32::tensorOf);
    }

    /**
     * Copies an int64 column that may have nulls into a new tensor.
     *
     * @param column its name
     * @return the numbers, 0 for nulls, and the mask, both of shape [rows] or [rows, w]; to be closed by the caller
     * @throws DataException if the column is missing or of another type
     */
    public MaskedTensor<TInt64> maskedInt64(String column) {
        return masked(column, ElementType.INT64, TInt64::tensorOf);
    }

    /**
     * Copies a column of lists of float64 of varying length into new tensors.
     *
     * @param column its name
     * @return the numbers and where the lists begin and end; to be closed by the caller
     * @throws DataException if the column is missing, of another type or has nulls
     */
    public RaggedTensor<TFloat64> raggedFloat64(String column) {
        return ragged(column, ElementType.FLOAT64, TFloat64::tensorOf);
    }

    /**
     * Copies a column of lists of float32 of varying length into new tensors.
     *
     * @param column its name
     * @return the numbers and where the lists begin and end; to be closed by the caller
     * @throws DataException if the column is missing, of another type or has nulls
     */
    public RaggedTensor<TFloat32> raggedFloat32(String column) {
        return ragged(column, ElementType.FLOAT32, TFloat32::tensorOf);
    }

    /**
     * Copies a column of lists of int32 of varying length into new tensors.
     *
     * @param column its name
     * @return the numbers and where the lists begin and end; to be closed by the caller
     * @throws DataException if the column is missing, of another type or has nulls
     */
    public RaggedTensor<TInt32> raggedInt32(String column) {
        return ragged(column, ElementType.INT32, TInt32::tensorOf);
    }

    /**
     * Copies a column of lists of int64 of varying length into new tensors.
     *
     * @param column its name
     * @return the numbers and where the lists begin and end; to be closed by the caller
     * @throws DataException if the column is missing, of another type or has nulls
     */
    public RaggedTensor<TInt64> raggedInt64(String column) {
        return ragged(column, ElementType.INT64, TInt64::tensorOf);
    }

    /**
     * Copies some rows of a column of any type of numbers into a new tensor.
     *
     * @param column its name
     * @param rows indices of the rows, in the order wanted
     * @return a tensor of shape [rows.length] or [rows.length, w], to be closed by the caller
     * @throws DataException if the column is missing, of lists or of something else, or has nulls
     */
    public TType gather(String column, int[] rows) {
        MappedColumn found = numbers(column, elementType(column));
        if (found.layout() == Layout.RAGGED) {
            throw wrong(found, "numbers or fixed-size lists");
        }
        for (int row : rows) {
            Objects.checkIndex(row, rows());
        }
        ElementType type = elementType(column);
        long rowBytes = RowCopy.rowBytes(column, found.width(), type, rows.length);
        return ColumnTensors.gathered(found, rowBytes, rows, type.tensor(ColumnTensors.shape(found, rows.length)));
    }

    /**
     * Which numbers of a column are there.
     *
     * @param column its name
     * @return true where there is a number, row by row; false where the number or its whole row is null
     * @throws DataException if the column is missing or of lists of varying length
     */
    public boolean[] present(String column) {
        MappedColumn found = find(column, "a column of numbers");
        if (found.type() == null || found.layout() == Layout.RAGGED) {
            throw wrong(found, "numbers or fixed-size lists");
        }
        return ColumnArrays.present(bounded(found));
    }

    /**
     * Copies a float64 column into an array, row by row.
     *
     * @param column its name; lists of any kind are allowed
     * @return the numbers
     * @throws DataException if the column is missing, of another type or has nulls
     */
    public double[] doubles(String column) {
        return ColumnArrays.doubles(bounded(numbers(column, ElementType.FLOAT64)));
    }

    /**
     * Copies a float64 column that may have nulls into an array, row by row.
     *
     * @param column its name; numbers or fixed-size lists
     * @return the numbers, NaN for nulls
     * @throws DataException if the column is missing or of another type
     */
    public double[] doublesOrNaN(String column) {
        boolean[] present = present(column);
        MappedColumn found = find(column, "a column of type " + ElementType.FLOAT64);
        if (found.type() != ElementType.FLOAT64) {
            throw wrong(found, ElementType.FLOAT64.toString());
        }
        double[] values = ColumnArrays.doubles(bounded(found));
        for (int i = 0; i < values.length; i++) {
            values[i] = present[i] ? values[i] : Double.NaN;
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
        return ColumnArrays.floats(bounded(numbers(column, ElementType.FLOAT32)));
    }

    /**
     * Copies an int32 column into an array, row by row.
     *
     * @param column its name; lists of any kind are allowed
     * @return the numbers
     * @throws DataException if the column is missing, of another type or has nulls
     */
    public int[] ints(String column) {
        return ColumnArrays.ints(bounded(numbers(column, ElementType.INT32)));
    }

    /**
     * Copies an int64 column into an array, row by row.
     *
     * @param column its name; lists of any kind are allowed
     * @return the numbers
     * @throws DataException if the column is missing, of another type or has nulls
     */
    public long[] longs(String column) {
        return ColumnArrays.longs(bounded(numbers(column, ElementType.INT64)));
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
        return ColumnArrays.offsets(bounded(found), rows());
    }

    private <T extends TType> T tensor(String column, ElementType type, Function<Shape, T> allocate) {
        MappedColumn found = numbers(column, type);
        if (found.layout() == Layout.RAGGED) {
            throw wrong(found, type + " or fixed-size lists of it");
        }
        return ColumnTensors.dense(found, allocate.apply(ColumnTensors.shape(found, rows())));
    }

    private <T extends TType> MaskedTensor<T> masked(String column, ElementType type, Function<Shape, T> allocate) {
        MappedColumn found = find(column, "a column of type " + type);
        if (found.type() != type || found.layout() == Layout.RAGGED) {
            throw wrong(found, type + " or fixed-size lists of it");
        }
        boolean[] present = present(column);
        return ColumnTensors.masked(found, type.bytes(), present, allocate.apply(ColumnTensors.shape(found, rows())));
    }

    private <T extends TType> RaggedTensor<T> ragged(String column, ElementType type, Function<Shape, T> allocate) {
        MappedColumn found = numbers(column, type);
        int[] offsets = listOffsets(column);
        return ColumnTensors.ragged(found, offsets, allocate.apply(ColumnTensors.shape(found, rows())));
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
                    "read it with its mask, or drop or fill these rows");
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

    private MappedColumn bounded(MappedColumn column) {
        if (column.elements() > Integer.MAX_VALUE - 8) {
            throw DataException.of(
                    path,
                    "column '" + column.name() + "' of " + column.elements() + " numbers",
                    "fewer than 2147483639",
                    "split the file");
        }
        return column;
    }
}
