package dev.odeon.models.schedules;

/** What all schedules check. */
final class Rates {

    private Rates() {}

    static void require(double rate) {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("The learning rate is " + rate + ": give a positive number");
        }
    }
}
