package dev.odeon.datasets.arrow.ipc;

import dev.odeon.datasets.arrow.columns.MappedColumn;
import dev.odeon.datasets.arrow.columns.Texts;
import dev.odeon.datasets.arrow.columns.Validity;
import dev.odeon.datasets.arrow.types.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/**
 * Which value of its dictionary each row of a column has.
 *
 * @param bytes the numbers, little-endian
 * @param width bytes of a number
 * @param signed whether its highest bit is a sign
 * @param count how many rows
 * @param validity which rows have a value
 */
record Indices(ByteBuffer bytes, int width, boolean signed, int count, Validity validity) {
    static Indices of(ArrowType.Int type, ByteBuffer bytes, int count, Validity validity) {
        return new Indices(bytes, type.getBitWidth() / Byte.SIZE, type.getIsSigned(), count, validity);
    }

    boolean present(int i) {
        return validity.present(i);
    }

    /** {@return the number of row i; one that no dictionary has if it is beyond 2^63} */
    long at(int i) {
        return switch (width) {
            case 1 -> signed ? bytes.get(i) : Byte.toUnsignedLong(bytes.get(i));
            case 2 -> signed ? bytes.getShort(2 * i) : Short.toUnsignedLong(bytes.getShort(2 * i));
            case 4 -> signed ? bytes.getInt(4 * i) : Integer.toUnsignedLong(bytes.getInt(4 * i));
            default -> bytes.getLong(8 * i);
        };
    }

    /** {@return the texts that the rows stand for} */
    Texts texts(@Nullable DictionaryValues values) {
        return new Encoded(this, values);
    }

    /** Adds the numbers that the rows stand for to a column. */
    void addNumbers(MappedColumn column, ElementType type, @Nullable DictionaryValues values) {
        ByteBuffer known = values == null ? ByteBuffer.allocate(0) : values.numbers(type);
        boolean[] there = values == null ? new boolean[0] : values.present();
        ByteBuffer numbers = ByteBuffer.allocateDirect(Math.multiplyExact(count, type.bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer bits = ByteBuffer.allocate((count + 7) / 8);
        long nulls = 0;
        for (int i = 0; i < count; i++) {
            int value = present(i) ? (int) at(i) : -1;
            if (value >= 0 && there[value]) {
                numbers.put(i * type.bytes(), known, value * type.bytes(), type.bytes());
                bits.put(i >> 3, (byte) (bits.get(i >> 3) | 1 << (i & 7)));
            } else {
                nulls++;
            }
        }
        column.addRows(nulls == 0 ? Validity.all(count) : new Validity(bits, count), nulls);
        column.addValues(numbers, count);
    }

    private record Encoded(Indices indices, @Nullable DictionaryValues values) implements Texts {
        @Override
        public int count() {
            return indices.count();
        }

        @Override
        public @Nullable String text(int i) {
            return values == null || !indices.present(i) ? null : values.text((int) indices.at(i));
        }
    }
}
