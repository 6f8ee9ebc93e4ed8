package dev.odeon.models.training.runs;

import dev.odeon.models.schedules.Moment;
import java.util.concurrent.atomic.AtomicInteger;

/** Interrupts a run after a number of iterations, counted from where it starts or goes on. */
public record After(int iterations, AtomicInteger done) implements Interruption, TrainingListener {

    /** To be given to the trainer as listener, too. */
    public static After iterations(int count) {
        return new After(count, new AtomicInteger());
    }

    @Override
    public void iteration(Moment moment, double learningRate, Iteration iteration) {
        done.incrementAndGet();
    }

    @Override
    public boolean requested() {
        return done.get() >= iterations;
    }
}
