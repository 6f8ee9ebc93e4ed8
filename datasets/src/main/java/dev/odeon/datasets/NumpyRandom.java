package dev.odeon.datasets;

/**
 * The random numbers of NumPy's {@code RandomState}, bit by bit.
 *
 * <p>Papers define their splits by NumPy code and a seed; this class draws the same numbers, so that the splits are the
 * same. For everything else use {@link Seeds}. Source: M. Matsumoto, T. Nishimura, Mersenne twister: a 623-dimensionally
 * equidistributed uniform pseudo-random number generator, 1998.
 */
public final class NumpyRandom {
    private static final int SIZE = 624;
    private static final int SHIFT = 397;

    private final int[] state = new int[SIZE];
    private int next = SIZE;
    private double spare;
    private boolean hasSpare;

    /**
     * Makes the generator of {@code numpy.random.RandomState(seed)}.
     *
     * @param seed a number of 32 bits, taken as unsigned
     */
    public NumpyRandom(int seed) {
        state[0] = seed;
        for (int i = 1; i < SIZE; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    /** {@return the next number in [0, 1), like {@code rand()}} */
    public double nextDouble() {
        long high = Integer.toUnsignedLong(bits()) >>> 5;
        long low = Integer.toUnsignedLong(bits()) >>> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    /** {@return the next normally distributed number, like {@code randn()}} */
    public double nextGaussian() {
        if (hasSpare) {
            hasSpare = false;
            return spare;
        }
        double x;
        double y;
        double square;
        do {
            x = 2 * nextDouble() - 1;
            y = 2 * nextDouble() - 1;
            square = x * x + y * y;
        } while (square >= 1 || square == 0);
        double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
        spare = factor * x;
        hasSpare = true;
        return factor * y;
    }

    /**
     * The order that {@code permutation(count)} gives.
     *
     * @param count how many numbers, 0 or more
     * @return the numbers from 0 to count - 1, shuffled
     */
    public int[] permutation(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        for (int i = count - 1; i > 0; i--) {
            int other = below(i);
            int value = order[i];
            order[i] = order[other];
            order[other] = value;
        }
        return order;
    }

    /** {@return a number from 0 to {@code most}, both included} */
    private int below(int most) {
        int mask = -1 >>> Integer.numberOfLeadingZeros(most);
        int value;
        do {
            value = bits() & mask;
        } while (value > most);
        return value;
    }

    private int bits() {
        if (next == SIZE) {
            refill();
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    private void refill() {
        for (int i = 0; i < SIZE; i++) {
            int y = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff);
            state[i] = state[(i + SHIFT) % SIZE] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        next = 0;
    }
}
