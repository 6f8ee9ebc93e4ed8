package dev.odeon.datasets.cache;

/** Told how far a download has come, a few times a second. */
@FunctionalInterface
public interface FetchProgress {
    /** Tells nobody. */
    FetchProgress SILENT = (received, expected) -> {};

    /**
     * Reports.
     *
     * @param received bytes so far
     * @param expected bytes in all, about
     */
    void report(long received, long expected);
}
