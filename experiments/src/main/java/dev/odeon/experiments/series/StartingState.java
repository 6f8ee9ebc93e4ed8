package dev.odeon.experiments.series;

/** The state before the first observation. */
sealed interface StartingState {

    /** Zero. */
    record AtRest() implements StartingState {}

    /**
     * An affine map of observations, and zeros behind it.
     *
     * @param observations how many it reads, from the first on
     * @param channels of each of them
     * @param width channels it fills, from the first on
     */
    record Encoded(int observations, int channels, int width) implements StartingState {
        public Encoded {
            if (observations < 1 || channels < 1 || width < 1) {
                throw new IllegalArgumentException("The start reads " + observations + " observations of " + channels
                        + " channels and fills " + width + ": give at least one of each");
            }
        }
    }
}
