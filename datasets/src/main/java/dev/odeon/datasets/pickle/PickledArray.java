package dev.odeon.datasets.pickle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A NumPy array of numbers out of a pickle, in C order. */
public final class PickledArray {
    private final List<Integer> shape;
    private final String type;
    private final byte[] bytes;
    private final int count;

    /** Takes an array whose size was checked against its bytes. */
    PickledArray(List<Integer> shape, String type, byte[] bytes, int count) {
        this.shape = List.copyOf(shape);
        this.type = type;
        this.bytes = bytes;
        this.count = count;
    }

    /** {@return the extents} */
    public List<Integer> shape() {
        return shape;
    }

    /** {@return the number of elements} */
    public int count() {
        return count;
    }

    /** {@return the numbers, row by row, rounded to float32} */
    public float[] floats() {
        ByteBuffer buffer = buffer();
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) real(buffer);
        }
        return values;
    }

    /**
     * The numbers as int32.
     *
     * @return the numbers, row by row
     * @throws ArithmeticException if one is not whole or does not fit
     */
    public int[] ints() {
        ByteBuffer buffer = buffer();
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            double value = real(buffer);
            values[i] = (int) value;
            if (values[i] != value) {
                throw new ArithmeticException(value + " is no int32");
            }
        }
        return values;
    }

    private ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).order(type.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    private double real(ByteBuffer buffer) {
        return switch (type.substring(1)) {
            case "b1", "u1" -> Byte.toUnsignedInt(buffer.get());
            case "i1" -> buffer.get();
            case "i2" -> buffer.getShort();
            case "i4" -> buffer.getInt();
            case "i8" -> buffer.getLong();
            case "f4" -> buffer.getFloat();
            default -> buffer.getDouble();
        };
    }

    /** {@return the bytes of one number of a type such as {@code i4}, or 0 if it is not known} */
    static int bytes(String type) {
        return switch (type) {
            case "b1", "u1", "i1" -> 1;
            case "i2" -> Short.BYTES;
            case "i4", "f4" -> Integer.BYTES;
            case "i8", "f8" -> Long.BYTES;
            default -> 0;
        };
    }
}
