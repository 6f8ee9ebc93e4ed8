package dev.odeon.datasets.npz;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** How one number of an array is stored, by the letter and size in NumPy's type string. */
enum ElementKind {
    BOOL('b', 1, true) {
        @Override
        long integer(ByteBuffer bytes) {
            return bytes.get() == 0 ? 0 : 1;
        }
    },
    INT8('i', 1, true) {
        @Override
        long integer(ByteBuffer bytes) {
            return bytes.get();
        }
    },
    INT16('i', 2, true) {
        @Override
        long integer(ByteBuffer bytes) {
            return bytes.getShort();
        }
    },
    INT32('i', 4, true) {
        @Override
        long integer(ByteBuffer bytes) {
            return bytes.getInt();
        }
    },
    INT64('i', 8, true) {
        @Override
        long integer(ByteBuffer bytes) {
            return bytes.getLong();
        }
    },
    UINT8('u', 1, true) {
        @Override
        long integer(ByteBuffer bytes) {
            return Byte.toUnsignedLong(bytes.get());
        }
    },
    UINT16('u', 2, true) {
        @Override
        long integer(ByteBuffer bytes) {
            return Short.toUnsignedLong(bytes.getShort());
        }
    },
    UINT32('u', 4, true) {
        @Override
        long integer(ByteBuffer bytes) {
            return Integer.toUnsignedLong(bytes.getInt());
        }
    },
    /** Without the upper half, for which Java has no type: see {@link #fits}. */
    UINT64('u', 8, true) {
        @Override
        long integer(ByteBuffer bytes) {
            return bytes.getLong();
        }

        @Override
        boolean fits(long value) {
            return value >= 0;
        }
    },
    FLOAT32('f', 4, false) {
        @Override
        double real(ByteBuffer bytes) {
            return bytes.getFloat();
        }
    },
    FLOAT64('f', 8, false) {
        @Override
        double real(ByteBuffer bytes) {
            return bytes.getDouble();
        }
    };

    private final char letter;
    private final int bytes;
    private final boolean integral;

    ElementKind(char letter, int bytes, boolean integral) {
        this.letter = letter;
        this.bytes = bytes;
        this.integral = integral;
    }

    int bytes() {
        return bytes;
    }

    boolean isIntegral() {
        return integral;
    }

    /** Reads one number of an integral kind. */
    long integer(ByteBuffer bytes) {
        throw new IllegalStateException(this + " is not integral");
    }

    /** {@return whether a number of an integral kind was read as what it is} */
    boolean fits(long value) {
        return true;
    }

    /** Reads one number of a kind that is not integral. */
    double real(ByteBuffer bytes) {
        throw new IllegalStateException(this + " is integral");
    }

    static @Nullable ElementKind of(char letter, int bytes) {
        for (ElementKind kind : values()) {
            if (kind.letter == letter && kind.bytes == bytes) {
                return kind;
            }
        }
        return null;
    }
}
