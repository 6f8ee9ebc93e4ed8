package dev.odeon.graph;

import org.tensorflow.types.family.TFloating;

/**
 * What a solve asks of whoever runs it, as far as it is known when the graph is built.
 *
 * @param type of the numbers
 * @param numbers in the state of the whole batch; negative if its shape is not known
 * @param equations solved by iteration in each step; zero for explicit steps and linear solves
 * @param unrolled evaluations of the field that stand in the graph one after the other; zero for a loop
 */
public record SolveWork(Class<? extends TFloating> type, long numbers, long equations, long unrolled) {

    public SolveWork {
        if (equations < 0 || unrolled < 0) {
            throw new IllegalArgumentException("A solve of " + equations + " equations a step and " + unrolled
                    + " unrolled evaluations: give numbers that are not negative");
        }
    }
}
