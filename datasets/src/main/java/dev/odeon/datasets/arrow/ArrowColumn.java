package dev.odeon.datasets.arrow;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.columns.ColumnArrays;
import dev.odeon.datasets.arrow.columns.MappedColumn;
import dev.odeon.datasets.arrow.columns.MappedColumn.Layout;
import dev.odeon.datasets.arrow.columns.Texts;
import dev.odeon.datasets.arrow.types.ElementType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.types.family.TType;

/**
 * One column of a table, which copies its numbers into tensors or arrays.
 *
 * <table>
 * <caption>What to call</caption>
 * <tr><th>column</th><th>method</th><th>shape</th></tr>
 * <tr><td>one number per row</td><td>{@link #tensor}</td><td>[rows]</td></tr>
 * <tr><td>w numbers per row (a fixed-size list)</td><td>{@link #tensor}</td><td>[rows, w]</td></tr>
 * <tr><td>either, with nulls</td><td>{@link #masked}</td><td>numbers and mask of that shape</td></tr>
 * <tr><td>lists of varying length</td><td>{@link #ragged}</td><td>[numbers] and row splits [rows + 1]</td></tr>
 * <tr><td>texts, also as categories</td><td>{@link #texts}, {@link #categories}</td><td>arrays of [rows]</td></tr>
 * </table>
 *
 * <p>A tensor takes one copy, from the mapped file straight into the tensor's own memory; it belongs to the caller, who
 * closes it. The type is named by TensorFlow's class, TInt32, TInt64, TFloat32 or TFloat64, and numbers are never converted:
 * asking for float64 where the file holds float32 is a {@link DataException} that says so. Arrays hold the rows one after
 * another. A column that is encoded by a dictionary is read as its values. Times, dates and durations are whole numbers,
 * INT64 or INT32, in the unit that {@link #description} names; timestamps count from 1970 in UTC, whatever their time zone.
 */
public final class ArrowColumn {
    private static final long MOST_CHARACTERS = 1L << 28;

    private final Path path;
    private final MappedColumn column;
    private final int rows;

    ArrowColumn(Path path, MappedColumn column, int rows) {
        this.path = path;
        this.column = column;
        this.rows = rows;
    }

    /** {@return what a row is, in words: FLOAT64, FLOAT64[3], list of INT32, or Arrow's name of another type} */
    public String description() {
        return column.description();
    }

    /**
     * The type of the numbers.
     *
     * @return the type
     * @throws DataException if the column holds something else
     */
    public ElementType type() {
        ElementType type = column.type();
        if (type == null) {
            throw wrong("numbers");
        }
        return type;
    }

    /**
     * How many numbers a row has.
     *
     * @return 1 for plain numbers, w for lists of w numbers
     * @throws DataException if the column is of another kind
     */
    public int width() {
        requireDense();
        return column.width();
    }

    /**
     * Copies all rows into a new tensor.
     *
     * @param type class of the tensor
     * @return a tensor of shape [rows] or [rows, w]
     * @throws DataException if the column is of another type or kind, or has nulls
     */
    public <T extends TType> T tensor(Class<T> type) {
        requireDense(type);
        requireNoNulls();
        return ColumnTensors.dense(column, allocate(type));
    }

    /**
     * Copies all rows, of which some may be null, into a new tensor.
     *
     * @param type class of the tensor
     * @return the numbers, 0 for nulls, and the mask, both of shape [rows] or [rows, w]
     * @throws DataException if the column is of another type or kind
     */
    public <T extends TType> MaskedTensor<T> masked(Class<T> type) {
        requireDense(type);
        boolean[] present = present();
        return ColumnTensors.masked(column, type().bytes(), present, allocate(type));
    }

    /**
     * Copies lists of varying length into new tensors.
     *
     * @param type class of the tensor of numbers
     * @return the numbers, and where the lists begin and end
     * @throws DataException if the column is of another type or kind, or has nulls
     */
    public <T extends TType> RaggedTensor<T> ragged(Class<T> type) {
        requireType(ElementType.of(type));
        int[] offsets = listOffsets();
        return ColumnTensors.ragged(column, offsets, allocate(type));
    }

    /**
     * Copies some rows into a new tensor, whatever the type of the numbers.
     *
     * @param indices of the rows, in the order wanted
     * @return a tensor of shape [indices] or [indices, w]
     * @throws DataException if the column is of lists or of something else, or has nulls
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public TType gather(int[] indices) {
        requireDense();
        requireNoNulls();
        for (int index : indices) {
            Objects.checkIndex(index, rows);
        }
        return ColumnTensors.gathered(column, type(), indices);
    }

    /**
     * Which numbers are there.
     *
     * @return true where there is a number; false where the number or its whole row is null
     * @throws DataException if the column is of lists of varying length or of something else
     */
    public boolean[] present() {
        requireDense();
        return ColumnArrays.present(bounded());
    }

    /**
     * Copies float64 numbers into an array; lists of any kind are allowed.
     *
     * @return the numbers
     * @throws DataException if the column is of another type or has nulls
     */
    public double[] doubles() {
        return ColumnArrays.doubles(numbers(ElementType.FLOAT64));
    }

    /**
     * Copies float64 numbers or fixed-size lists that may have nulls into an array.
     *
     * @return the numbers, NaN for nulls
     * @throws DataException if the column is of another type or kind
     */
    public double[] doublesOrNaN() {
        requireType(ElementType.FLOAT64);
        requireDense();
        return ColumnArrays.doublesOrNaN(bounded());
    }

    /**
     * Copies float32 numbers into an array; lists of any kind are allowed.
     *
     * @return the numbers
     * @throws DataException if the column is of another type or has nulls
     */
    public float[] floats() {
        return ColumnArrays.floats(numbers(ElementType.FLOAT32));
    }

    /**
     * Copies int32 numbers into an array; lists of any kind are allowed.
     *
     * @return the numbers
     * @throws DataException if the column is of another type or has nulls
     */
    public int[] ints() {
        return ColumnArrays.ints(numbers(ElementType.INT32));
    }

    /**
     * Copies int64 numbers into an array; lists of any kind are allowed.
     *
     * @return the numbers
     * @throws DataException if the column is of another type or has nulls
     */
    public long[] longs() {
        return ColumnArrays.longs(numbers(ElementType.INT64));
    }

    /** {@return whether it can be read as texts} */
    public boolean holdsTexts() {
        return column.layout() == Layout.TEXT;
    }

    /**
     * Copies texts into an array.
     *
     * @return a text per row
     * @throws DataException if the column is of another type, has nulls, or texts of more than 2^28 characters in all
     */
    public String[] texts() {
        String[] all = new String[textRows()];
        decode((row, text) -> {
            if (text == null) {
                throw DataException.of(
                        path,
                        "column '" + column.name() + "' with a null in row " + row,
                        "no nulls",
                        "read it as categories, or drop or fill these rows");
            }
            all[row] = text;
        });
        return all;
    }

    /**
     * Numbers the different texts.
     *
     * @return the texts and a number per row
     * @throws DataException if the column is of another type, or has texts of more than 2^28 characters in all
     */
    public Categories categories() {
        int[] codes = new int[textRows()];
        Map<String, Integer> values = new LinkedHashMap<>();
        decode((row, text) -> {
            codes[row] = -1;
            if (text != null) {
                Integer next = values.size();
                Integer known = values.putIfAbsent(text, next);
                codes[row] = known == null ? next : known;
            }
        });
        return new Categories(codes, List.copyOf(values.keySet()));
    }

    /** Takes the text of a row. */
    private interface TextSink {
        void take(int row, @Nullable String text);
    }

    private int textRows() {
        if (column.layout() != Layout.TEXT) {
            throw wrong("texts");
        }
        return rows;
    }

    private void decode(TextSink sink) {
        int row = 0;
        long characters = 0;
        for (Texts texts : column.texts()) {
            for (int i = 0; i < texts.count(); i++) {
                String text = texts.text(i);
                characters += text == null ? 0 : text.length();
                // Views may show one text many times: a small file could fill any memory.
                if (characters > MOST_CHARACTERS) {
                    throw DataException.of(
                            path,
                            "column '" + column.name() + "' with texts of more than " + MOST_CHARACTERS + " characters",
                            "fewer",
                            "split the file");
                }
                sink.take(row++, text);
            }
        }
    }

    /**
     * Where lists of varying length begin and end in the numbers.
     *
     * @return rows + 1 ascending numbers, the first one 0; list i is [offsets[i], offsets[i + 1])
     * @throws DataException if the column is not of lists of varying length, or has nulls
     */
    public int[] listOffsets() {
        if (column.layout() != Layout.RAGGED) {
            throw wrong("lists of varying length");
        }
        requireNoNulls();
        return ColumnArrays.offsets(bounded(), rows);
    }

    private <T extends TType> T allocate(Class<T> type) {
        return type.cast(type().tensor(ColumnTensors.shape(column, rows)));
    }

    private MappedColumn numbers(ElementType type) {
        requireType(type);
        requireNoNulls();
        return bounded();
    }

    private void requireType(ElementType type) {
        if (column.type() != type) {
            throw wrong(type.toString());
        }
    }

    private void requireDense(Class<? extends TType> type) {
        ElementType expected = ElementType.of(type);
        if (column.type() != expected || column.layout() == Layout.RAGGED) {
            throw wrong(expected + " or fixed-size lists of it");
        }
    }

    private void requireDense() {
        if (column.type() == null || column.layout() == Layout.RAGGED) {
            throw wrong("numbers or fixed-size lists");
        }
    }

    private void requireNoNulls() {
        if (column.nulls() > 0) {
            throw DataException.of(
                    path,
                    "column '" + column.name() + "' with " + column.nulls() + " nulls",
                    "no nulls",
                    "read it with its mask, or drop or fill these rows");
        }
    }

    private MappedColumn bounded() {
        if (column.elements() > Integer.MAX_VALUE - 8) {
            throw DataException.of(
                    path,
                    "column '" + column.name() + "' of " + column.elements() + " numbers",
                    "fewer than 2147483639",
                    "split the file");
        }
        return column;
    }

    private DataException wrong(String expected) {
        return DataException.of(
                path,
                "column '" + column.name() + "' of type " + description(),
                expected,
                "write the column in this type");
    }
}
