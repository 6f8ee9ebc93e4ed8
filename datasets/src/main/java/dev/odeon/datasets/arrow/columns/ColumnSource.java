package dev.odeon.datasets.arrow.columns;

import dev.odeon.datasets.arrow.types.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/** A column that is about to be written: its field and the array behind it. */
public final class ColumnSource {
    private final Field field;
    private final ElementType type;
    private final Numbers numbers;
    private final int width;
    private final int @Nullable [] offsets;
    private final int rows;
    private final boolean @Nullable [] present;

    private ColumnSource(
            Field field,
            ElementType type,
            Numbers numbers,
            int width,
            int @Nullable [] offsets,
            int rows,
            boolean @Nullable [] present) {
        this.field = field;
        this.type = type;
        this.numbers = numbers;
        this.width = width;
        this.offsets = offsets;
        this.rows = rows;
        this.present = present;
    }

    /** {@return a column of one number per row} */
    public static ColumnSource scalars(String name, ElementType type, Numbers numbers) {
        return new ColumnSource(plain(name, type), type, numbers, 1, null, numbers.length(), null);
    }

    /** {@return a column of {@code width} numbers per row} */
    public static ColumnSource rows(String name, ElementType type, Numbers numbers, int width) {
        if (width < 1 || numbers.length() % width != 0) {
            throw new IllegalArgumentException("column " + name + ": width = " + width
                    + " must be 1 or more and divide the number of values, " + numbers.length());
        }
        Field field = nested(name, new ArrowType.FixedSizeList(width), type);
        return new ColumnSource(field, type, numbers, width, null, numbers.length() / width, null);
    }

    /** Rows of numbers of which some are null: one flag per number. */
    public static ColumnSource nullable(String name, ElementType type, Numbers numbers, int width, boolean[] present) {
        if (present.length != numbers.length()) {
            throw new IllegalArgumentException("column " + name + ": " + present.length + " flags for "
                    + numbers.length() + " values: give one each");
        }
        ColumnSource plain = rows(name, type, numbers, width);
        Field item = new Field("item", FieldType.nullable(type.arrowType()), List.of());
        Field field = new Field(name, FieldType.notNullable(new ArrowType.FixedSizeList(width)), List.of(item));
        return new ColumnSource(field, type, numbers, width, null, plain.rows, present);
    }

    /** {@return a column of lists of varying length; list i is [offsets[i], offsets[i + 1])} */
    public static ColumnSource lists(String name, ElementType type, Numbers numbers, int[] offsets) {
        boolean ascending = offsets.length > 0 && offsets[0] == 0 && offsets[offsets.length - 1] == numbers.length();
        for (int i = 1; i < offsets.length; i++) {
            ascending &= offsets[i] >= offsets[i - 1];
        }
        if (!ascending) {
            throw new IllegalArgumentException(
                    "column " + name + ": offsets must ascend from 0 to the number of values, " + numbers.length());
        }
        return new ColumnSource(
                nested(name, ArrowType.List.INSTANCE, type), type, numbers, 0, offsets, offsets.length - 1, null);
    }

    /** {@return its name} */
    public String name() {
        return field.getName();
    }

    /** {@return its field in the schema} */
    public Field field() {
        return field;
    }

    /** {@return how many rows it has} */
    public int rows() {
        return rows;
    }

    /** {@return how much room its numbers and offsets take} */
    public long bytes() {
        return (long) numbers.length() * type.bytes() + (offsets == null ? 0 : (long) offsets.length * Integer.BYTES);
    }

    /** Copies rows into the vector that stands for this column. */
    public void fill(FieldVector vector, int first, int count) {
        if (vector instanceof ListVector list) {
            fillLists(list, first, count);
        } else if (vector instanceof FixedSizeListVector rowsOfNumbers) {
            rowsOfNumbers.setInitialCapacity(count);
            rowsOfNumbers.allocateNew();
            markPresent(rowsOfNumbers, count);
            fillNumbers(rowsOfNumbers.getDataVector(), first * width, count * width);
            rowsOfNumbers.setValueCount(count);
        } else {
            fillNumbers(vector, first, count);
        }
    }

    private void fillLists(ListVector list, int first, int count) {
        int[] all = Objects.requireNonNull(offsets);
        list.setInitialCapacity(count);
        list.allocateNew();
        markPresent(list, count);
        ByteBuffer target = bytes(list.getOffsetBuffer(), (count + 1) * Integer.BYTES);
        for (int i = 0; i <= count; i++) {
            target.putInt(i * Integer.BYTES, all[first + i] - all[first]);
        }
        fillNumbers(list.getDataVector(), all[first], all[first + count] - all[first]);
        list.setLastSet(count - 1);
        list.setValueCount(count);
    }

    private void fillNumbers(FieldVector vector, int first, int count) {
        ((BaseFixedWidthVector) vector).allocateNew(count);
        markPresent(vector, count);
        if (present != null) {
            for (int i = 0; i < count; i++) {
                if (!present[first + i]) {
                    BitVectorHelper.unsetBit(vector.getValidityBuffer(), i);
                }
            }
        }
        numbers.copy(first, count, bytes(vector.getDataBuffer(), count * type.bytes()));
        vector.setValueCount(count);
    }

    private static void markPresent(FieldVector vector, int count) {
        vector.getValidityBuffer().setOne(0L, (count + 7L) / 8);
    }

    private static ByteBuffer bytes(ArrowBuf buffer, int length) {
        return buffer.nioBuffer(0, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Field plain(String name, ElementType type) {
        return new Field(name, FieldType.notNullable(type.arrowType()), List.of());
    }

    private static Field nested(String name, ArrowType list, ElementType type) {
        return new Field(name, FieldType.notNullable(list), List.of(plain("item", type)));
    }
}
