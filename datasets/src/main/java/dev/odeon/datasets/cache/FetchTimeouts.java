package dev.odeon.datasets.cache;

import java.time.Duration;

/**
 * When a download is given up.
 *
 * @param connect longest time until the server answers
 * @param silence longest time without a new byte
 */
public record FetchTimeouts(Duration connect, Duration silence) {
    public FetchTimeouts {
        if (connect.isNegative() || connect.isZero() || silence.isNegative() || silence.isZero()) {
            throw new IllegalArgumentException(
                    "connect = " + connect + ", silence = " + silence + ": give positive durations");
        }
    }

    /** {@return 20 seconds to answer, 30 seconds of silence} */
    public static FetchTimeouts standard() {
        return new FetchTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(30));
    }
}
