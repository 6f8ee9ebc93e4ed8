package dev.odeon.datasets.pickle;

import dev.odeon.datasets.pickle.PickleMachine.Refusal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, and the arguments of its instructions; no length is believed that the file cannot hold. */
final class PickleInput {
    private final ByteBuffer in;
    private final Budget budget;

    PickleInput(byte[] bytes, Budget budget) {
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.budget = budget;
    }

    boolean hasRemaining() {
        return in.hasRemaining();
    }

    int unsignedByte() {
        return Byte.toUnsignedInt(in.get());
    }

    int unsignedShort() {
        return Short.toUnsignedInt(in.getShort());
    }

    int integer() {
        return in.getInt();
    }

    long longInteger() {
        return in.getLong();
    }

    double bigEndianDouble() {
        return Double.longBitsToDouble(Long.reverseBytes(in.getLong()));
    }

    /** {@return a two's complement number of this many bytes, the lowest first} */
    long number(int length) {
        byte[] bytes = bytes(length);
        if (length > Long.BYTES) {
            throw new Refusal("a number of " + length + " bytes");
        }
        byte[] reversed = new byte[length];
        for (int i = 0; i < length; i++) {
            reversed[i] = bytes[length - 1 - i];
        }
        return length == 0 ? 0 : new BigInteger(reversed).longValueExact();
    }

    /** {@return the number written in the next line; 00 and 01 are False and True} */
    long textNumber() {
        String text = line();
        return switch (text) {
            case "00" -> 0;
            case "01" -> 1;
            default -> Long.parseLong(text.endsWith("L") ? text.substring(0, text.length() - 1) : text);
        };
    }

    String line() {
        int start = in.position();
        while (in.get() != '\n') {
            // Only looks for the end.
        }
        return new String(in.array(), start, in.position() - 1 - start, StandardCharsets.ISO_8859_1);
    }

    /** {@return a text of this many bytes; bytes of Latin-1 stand for themselves} */
    String text(long length, Charset charset) {
        return new String(bytes(length), charset);
    }

    private byte[] bytes(long length) {
        if (length < 0 || length > in.remaining()) {
            throw new Refusal("a text of " + length + " bytes, " + in.remaining() + " before the end");
        }
        budget.charge(length);
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }
}
