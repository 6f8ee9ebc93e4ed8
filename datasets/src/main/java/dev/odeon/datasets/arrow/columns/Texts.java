package dev.odeon.datasets.arrow.columns;

import org.jspecify.annotations.Nullable;

/** The texts of one batch of a column, or of a dictionary; decoded when they are asked for. */
public interface Texts {
    /** {@return how many there are} */
    int count();

    /** {@return text i, or null where there is none} */
    @Nullable
    String text(int i);
}
