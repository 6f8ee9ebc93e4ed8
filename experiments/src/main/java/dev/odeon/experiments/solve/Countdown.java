package dev.odeon.experiments.solve;

import dev.odeon.datasets.Printable;

/** Says after each solve how many of them are left. */
final class Countdown {

    private final int of;
    private int done;

    /** @param of how many solves there will be, at most */
    Countdown(int of) {
        this.of = of;
    }

    /** One more, with what there is to tell of it. */
    void done(String text) {
        done++;
        System.err.println(Printable.line("odeon: solve " + done + " of " + of + ": " + text));
    }

    /** Some that there are after all not to be. */
    void skipped(int count) {
        done += count;
    }
}
