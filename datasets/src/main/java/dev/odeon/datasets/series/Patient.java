package dev.odeon.datasets.series;

/**
 * One stay in intensive care.
 *
 * @param id the RecordID
 * @param series the first 48 hours, times in hours
 * @param outcome what came of it
 */
public record Patient(int id, Series series, Outcome outcome) {
    /**
     * What came of a stay.
     *
     * @param saps1 SAPS-I score, -1 if unknown
     * @param sofa SOFA score, -1 if unknown
     * @param lengthOfStay days, -1 if unknown
     * @param survival days until death, -1 if it is not known that the patient died
     * @param end how the stay ended
     */
    public record Outcome(int saps1, int sofa, int lengthOfStay, int survival, End end) {}

    /** How a stay ended. */
    public enum End {
        /** The patient left the hospital alive. */
        SURVIVED,
        /** The patient died in hospital. */
        DIED
    }
}
