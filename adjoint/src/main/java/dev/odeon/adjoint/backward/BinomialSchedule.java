package dev.odeon.adjoint.backward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The order in which a gradient with few checkpoints goes back over a known number of steps, with the fewest steps taken
 * again.
 *
 * <p>With s slots and at most r repetitions of any step C(s + r, s) steps can be reversed. The states live in s + 1 rows: row
 * s is the one being worked on, and holds the state before the last step when the solve ends. Source: Griewank, Walther,
 * Algorithm 799: Revolve, 2000.
 */
public final class BinomialSchedule {

    /** What an action does. */
    public enum Kind {
        /** Takes the step again and writes its end into a row. */
        ADVANCE,
        /** Applies the adjoint of the step. */
        REVERSE
    }

    /**
     * One action.
     *
     * @param kind what is done
     * @param step the number of the step
     * @param from the row that holds the state before the step
     * @param to the row that an ADVANCE writes; {@code from} otherwise
     */
    public record Action(Kind kind, int step, int from, int to) {}

    private final int slots;
    private final int[] rowOfStep;
    private final List<Action> actions = new ArrayList<>();

    private BinomialSchedule(int steps, int slots) {
        this.slots = slots;
        this.rowOfStep = new int[steps];
        Arrays.fill(rowOfStep, slots);
        rowOfStep[0] = 0;
        reverse(0, steps, 0, true);
    }

    /**
     * The schedule of a number of steps.
     *
     * @param slots more than there are steps are not used
     * @throws IllegalArgumentException if there is no step or no slot
     */
    public static BinomialSchedule of(int steps, int slots) {
        if (steps < 1 || slots < 1) {
            throw new IllegalArgumentException(
                    "There is no schedule of " + steps + " steps with " + slots + " slots: give at least one of each");
        }
        return new BinomialSchedule(steps, Math.min(slots, steps));
    }

    /**
     * Reverses the steps from {@code begin} to before {@code end}, the state before {@code begin} being in a slot.
     *
     * @param forward whether the solve itself comes by here and keeps the states on its way
     */
    private void reverse(int begin, int end, int slot, boolean forward) {
        int free = slots - 1 - slot;
        int from = begin;
        int last = end;
        boolean passing = forward;
        while (last - from > 1 && free > 0) {
            int length = advance(last - from, free);
            int middle = from + length;
            if (passing) {
                rowOfStep[middle] = slot + 1;
            } else {
                steps(from, middle, slot, slot + 1);
            }
            reverse(middle, last, slot + 1, passing);
            passing = false;
            last = middle;
        }
        // One step, or no slot left: walk up to each step anew.
        for (int step = last - 1; step >= from; step--) {
            int row = slot;
            if (step > from) {
                row = slots;
                if (!passing) {
                    steps(from, step, slot, row);
                }
            }
            passing = false;
            actions.add(new Action(Kind.REVERSE, step, row, row));
        }
    }

    private void steps(int from, int to, int firstRow, int lastRow) {
        for (int step = from; step < to; step++) {
            actions.add(
                    new Action(Kind.ADVANCE, step, step == from ? firstRow : slots, step == to - 1 ? lastRow : slots));
        }
    }

    /** How far from a checkpoint the next one is put, given how many slots are free for what follows. */
    private static int advance(int length, int free) {
        // With s slots, that of the start included, and r the least with C(s + r, s) >= length.
        int s = free + 1;
        int r = 1;
        while (binomial(s + r, s) < length) {
            r++;
        }
        long most = binomial(s + r - 1, s);
        long rest = binomial(s + r - 2, s - 1);
        return (int) Math.max(1, Math.min(most, length - Math.min(rest, length - 1)));
    }

    /** C(n, k), or a number above every number of steps. */
    private static long binomial(int n, int k) {
        long result = 1;
        for (int i = 1; i <= Math.min(k, n - k); i++) {
            result = result * (n - Math.min(k, n - k) + i) / i;
            if (result > Integer.MAX_VALUE) {
                return Integer.MAX_VALUE;
            }
        }
        return n < k ? 0 : result;
    }

    /** The number of slots that are used; the rows are one more. */
    public int slots() {
        return slots;
    }

    /** For each step the row into which the solve writes the state before it. */
    public int[] rowOfStep() {
        return rowOfStep.clone();
    }

    /** What is done after the solve, in order. */
    public List<Action> actions() {
        return List.copyOf(actions);
    }

    /** How many steps are taken again. */
    public int recomputedSteps() {
        return actions.size() - rowOfStep.length;
    }

    /**
     * The fewest steps that any schedule takes, the solve itself included: r n - C(s + r, s + 1) with the least r for which
     * C(s + r, s) is not below n.
     */
    public static long optimum(int steps, int slots) {
        int r = 0;
        while (binomial(slots + r, slots) < steps) {
            r++;
        }
        return (long) r * steps - binomial(slots + r, slots + 1);
    }
}
