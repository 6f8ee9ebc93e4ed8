package dev.odeon.datasets.series;

/**
 * How a series is cut into windows of equal length.
 *
 * <p>Windows begin at 0, stride, 2 stride, ... as long as {@code length + reserve} times are left.
 *
 * @param length times per window, 1 or more
 * @param stride times between the beginnings of two windows, 1 or more; {@code length} for windows that do not overlap
 * @param reserve times that must follow every window, 0 or more
 */
public record WindowRule(int length, int stride, int reserve) {
    public WindowRule {
        if (length < 1 || stride < 1 || reserve < 0) {
            throw new IllegalArgumentException("length = " + length + ", stride = " + stride + ", reserve = " + reserve
                    + ": give 1 or more, 1 or more, and 0 or more");
        }
    }

    /** {@return windows of this length that do not overlap} */
    public static WindowRule separate(int length) {
        return new WindowRule(length, length, 0);
    }

    /** {@return the number of windows in a series of {@code times} times} */
    int count(int times) {
        long room = (long) times - length - reserve;
        return room < 0 ? 0 : (int) (room / stride) + 1;
    }
}
