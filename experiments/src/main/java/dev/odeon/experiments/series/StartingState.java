package dev.odeon.experiments.series;

/** The state before the first observation. */
sealed interface StartingState {

    /** Zero. */
    record AtRest() implements StartingState {}

    /**
     * An affine map of observations, and zeros behind it.
     *
     * @param observations how many it reads, from the first on
     * @param width channels it fills, from the first on
     */
    record Encoded(int observations, int width) implements StartingState {
        public Encoded {
            if (observations < 1 || width < 1) {
                throw new IllegalArgumentException("The start reads " + observations + " observations and fills "
                        + width + " channels: give at least one of each");
            }
        }
    }
}
