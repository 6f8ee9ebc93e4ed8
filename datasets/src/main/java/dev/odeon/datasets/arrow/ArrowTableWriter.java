package dev.odeon.datasets.arrow;

import dev.odeon.datasets.AtomicFile;
import dev.odeon.datasets.arrow.columns.ColumnSource;
import dev.odeon.datasets.arrow.columns.Numbers;
import dev.odeon.datasets.arrow.ipc.TableOutput;
import dev.odeon.datasets.arrow.types.ElementType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.types.family.TType;

/**
 * Writes arrays as the columns of an Arrow IPC file.
 *
 * <p>Name the columns one by one, then {@link #write()}. The file appears complete or not at all. Arrays are not copied
 * before the write: leave them unchanged until then.
 */
public final class ArrowTableWriter {
    // Large enough that the cost per batch vanishes, small enough that a reader can stream.
    private final Path path;
    private final Map<String, String> metadata = new TreeMap<>();
    private final List<ColumnSource> columns = new ArrayList<>();

    private ArrowTableWriter(Path path) {
        this.path = path;
    }

    /**
     * Begins a file.
     *
     * @param path the file to write; folders above it are made
     * @return a writer without columns
     */
    public static ArrowTableWriter to(Path path) {
        return new ArrowTableWriter(path);
    }

    /**
     * Adds entries to the metadata of the schema.
     *
     * @param entries names and texts
     * @return this
     */
    public ArrowTableWriter metadata(Map<String, String> entries) {
        metadata.putAll(entries);
        return this;
    }

    /** Adds a column of one float64 per row. */
    public ArrowTableWriter float64(String name, double[] values) {
        return add(ColumnSource.scalars(name, ElementType.FLOAT64, new Numbers.Doubles(values)));
    }

    /** Adds a column of {@code width} float64 per row; {@code values} holds the rows one after another. */
    public ArrowTableWriter float64(String name, double[] values, int width) {
        return add(ColumnSource.rows(name, ElementType.FLOAT64, new Numbers.Doubles(values), width));
    }

    /** Adds a column of one float32 per row. */
    public ArrowTableWriter float32(String name, float[] values) {
        return add(ColumnSource.scalars(name, ElementType.FLOAT32, new Numbers.Floats(values)));
    }

    /** Adds a column of {@code width} float32 per row; {@code values} holds the rows one after another. */
    public ArrowTableWriter float32(String name, float[] values, int width) {
        return add(ColumnSource.rows(name, ElementType.FLOAT32, new Numbers.Floats(values), width));
    }

    /** Adds a column of lists of float32; list i is [offsets[i], offsets[i + 1]) of {@code values}. */
    public ArrowTableWriter float32Lists(String name, int[] offsets, float[] values) {
        return add(ColumnSource.lists(name, ElementType.FLOAT32, new Numbers.Floats(values), offsets));
    }

    /** Adds a column of lists of float64; list i is [offsets[i], offsets[i + 1]) of {@code values}. */
    public ArrowTableWriter float64Lists(String name, int[] offsets, double[] values) {
        return add(ColumnSource.lists(name, ElementType.FLOAT64, new Numbers.Doubles(values), offsets));
    }

    /**
     * Adds a column of {@code width} float64 per row, of which some are null.
     *
     * @param name its name
     * @param values the rows one after another; what stands where a null is does not matter
     * @param width numbers per row
     * @param present for each number, whether it is there; not copied
     * @return this
     */
    public ArrowTableWriter float64(String name, double[] values, int width, boolean[] present) {
        return add(ColumnSource.nullable(name, ElementType.FLOAT64, new Numbers.Doubles(values), width, present));
    }

    /**
     * Adds a column of {@code width} float32 per row, of which some are null.
     *
     * @param name its name
     * @param values the rows one after another; what stands where a null is does not matter
     * @param width numbers per row
     * @param present for each number, whether it is there; not copied
     * @return this
     */
    public ArrowTableWriter float32(String name, float[] values, int width, boolean[] present) {
        return add(ColumnSource.nullable(name, ElementType.FLOAT32, new Numbers.Floats(values), width, present));
    }

    /**
     * Adds a column of {@code width} int32 per row, of which some are null.
     *
     * @param name its name
     * @param values the rows one after another; what stands where a null is does not matter
     * @param width numbers per row
     * @param present for each number, whether it is there; not copied
     * @return this
     */
    public ArrowTableWriter int32(String name, int[] values, int width, boolean[] present) {
        return add(ColumnSource.nullable(name, ElementType.INT32, new Numbers.Ints(values), width, present));
    }

    /**
     * Adds a column of {@code width} int64 per row, of which some are null.
     *
     * @param name its name
     * @param values the rows one after another; what stands where a null is does not matter
     * @param width numbers per row
     * @param present for each number, whether it is there; not copied
     * @return this
     */
    public ArrowTableWriter int64(String name, long[] values, int width, boolean[] present) {
        return add(ColumnSource.nullable(name, ElementType.INT64, new Numbers.Longs(values), width, present));
    }

    /**
     * Adds a tensor as a column: one row per index of its first axis, all other axes in one fixed-size list.
     *
     * <p>The shape of a row goes into the metadata, as {@code shape.NAME}. The tensor is read when the file is written:
     * keep it open until then.
     *
     * @param name its name
     * @param tensor of int32, int64, float32 or float64, of shape [rows] or [rows, ...], no extent being 0
     * @return this
     * @throws IllegalArgumentException if it is of another type or shape
     */
    public ArrowTableWriter tensor(String name, TType tensor) {
        return add(TensorColumn.of(name, tensor, metadata));
    }

    /** Adds a column of one int64 per row. */
    public ArrowTableWriter int64(String name, long[] values) {
        return add(ColumnSource.scalars(name, ElementType.INT64, new Numbers.Longs(values)));
    }

    /** Adds a column of one int32 per row. */
    public ArrowTableWriter int32(String name, int[] values) {
        return add(ColumnSource.scalars(name, ElementType.INT32, new Numbers.Ints(values)));
    }

    /** Adds a column of lists of int32; list i is [offsets[i], offsets[i + 1]) of {@code values}. */
    public ArrowTableWriter int32Lists(String name, int[] offsets, int[] values) {
        return add(ColumnSource.lists(name, ElementType.INT32, new Numbers.Ints(values), offsets));
    }

    /** Adds a column of lists of int64; list i is [offsets[i], offsets[i + 1]) of {@code values}. */
    public ArrowTableWriter int64Lists(String name, int[] offsets, long[] values) {
        return add(ColumnSource.lists(name, ElementType.INT64, new Numbers.Longs(values), offsets));
    }

    /**
     * Writes the file.
     *
     * @throws dev.odeon.datasets.DataException if it cannot be written
     * @throws IllegalStateException if there is no column
     */
    public void write() {
        TableOutput output = output();
        AtomicFile.write(path, output::toFile);
    }

    /**
     * Writes an IPC stream instead of a file, for a reader at the other end of a pipe or socket.
     *
     * @param out takes the bytes; left open
     * @throws IOException if it breaks
     */
    public void writeStream(OutputStream out) throws IOException {
        output().toStream(out);
    }

    private TableOutput output() {
        if (columns.isEmpty()) {
            throw new IllegalStateException("a table needs a column: add one before write()");
        }
        return new TableOutput(columns, metadata);
    }

    /** Adds a column from wherever its numbers are. */
    ArrowTableWriter add(ColumnSource column) {
        for (ColumnSource other : columns) {
            if (other.name().equals(column.name())) {
                throw new IllegalArgumentException("name = " + column.name() + ": there is such a column already");
            }
            if (other.rows() != column.rows()) {
                throw new IllegalArgumentException("column " + column.name() + " has " + column.rows() + " rows: give "
                        + other.rows() + ", as column " + other.name() + " has");
            }
        }
        columns.add(column);
        return this;
    }
}
