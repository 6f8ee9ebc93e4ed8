package dev.odeon.datasets.arrow.columns;

import dev.odeon.datasets.arrow.columns.MappedColumn.Layout;
import java.nio.ByteBuffer;

/** Copies the numbers of a column, batch after batch, into arrays. */
public final class ColumnArrays {
    private ColumnArrays() {}

    /** {@return all numbers, batch after batch} */
    public static double[] doubles(MappedColumn column) {
        double[] values = new double[(int) column.elements()];
        int next = 0;
        for (ByteBuffer part : column.values()) {
            int count = part.capacity() / Double.BYTES;
            part.asDoubleBuffer().get(values, next, count);
            next += count;
        }
        return values;
    }

    /** {@return all numbers, batch after batch, NaN for nulls} */
    public static double[] doublesOrNaN(MappedColumn column) {
        boolean[] present = present(column);
        double[] values = doubles(column);
        for (int i = 0; i < values.length; i++) {
            values[i] = present[i] ? values[i] : Double.NaN;
        }
        return values;
    }

    /** {@return all numbers, batch after batch} */
    public static float[] floats(MappedColumn column) {
        float[] values = new float[(int) column.elements()];
        int next = 0;
        for (ByteBuffer part : column.values()) {
            int count = part.capacity() / Float.BYTES;
            part.asFloatBuffer().get(values, next, count);
            next += count;
        }
        return values;
    }

    /** {@return all numbers, batch after batch} */
    public static int[] ints(MappedColumn column) {
        int[] values = new int[(int) column.elements()];
        int next = 0;
        for (ByteBuffer part : column.values()) {
            int count = part.capacity() / Integer.BYTES;
            part.asIntBuffer().get(values, next, count);
            next += count;
        }
        return values;
    }

    /** {@return all numbers, batch after batch} */
    public static long[] longs(MappedColumn column) {
        long[] values = new long[(int) column.elements()];
        int next = 0;
        for (ByteBuffer part : column.values()) {
            int count = part.capacity() / Long.BYTES;
            part.asLongBuffer().get(values, next, count);
            next += count;
        }
        return values;
    }

    /** {@return rows + 1 offsets into the flat values of all batches} */
    public static int[] offsets(MappedColumn column, int rows) {
        int[] offsets = new int[rows + 1];
        int row = 0;
        for (ByteBuffer part : column.offsets()) {
            int shift = offsets[row] - part.getInt(0);
            for (int i = 1; i < part.capacity() / Integer.BYTES; i++) {
                offsets[++row] = part.getInt(i * Integer.BYTES) + shift;
            }
        }
        return offsets;
    }

    /** {@return for each number, whether it and its row are there} */
    public static boolean[] present(MappedColumn column) {
        boolean[] present = new boolean[(int) column.elements()];
        int next = 0;
        for (int batch = 0; batch < column.rows().size(); batch++) {
            Validity rows = column.rows().get(batch);
            for (long i = 0; i < rows.count() * column.width(); i++) {
                present[next++] = rows.present(i / column.width())
                        && (column.layout() == Layout.SCALAR
                                || column.items().get(batch).present(i));
            }
        }
        return present;
    }
}
