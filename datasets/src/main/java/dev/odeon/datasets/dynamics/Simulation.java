package dev.odeon.datasets.dynamics;

import dev.odeon.datasets.DatasetsVersion;
import dev.odeon.datasets.Seeds;
import dev.odeon.datasets.pde.Sampling;
import dev.odeon.datasets.pde.Trajectories;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;

/** Integrates one equation from many random initial states, each of a stream of random numbers of its own. */
final class Simulation {
    private static final double TOLERANCE = 1e-12;
    private static final double SHORTEST_STEP = 1e-14;

    private Simulation() {}

    /** The right-hand side. */
    interface Field {
        /** Writes y' at time t. */
        void evaluate(double t, double[] y, double[] derivative);
    }

    /** Draws an initial state. */
    interface Initial {
        double[] draw(Random random);
    }

    /** Simulates trajectories that all begin at time {@code start}. */
    static Trajectories run(
            Map<String, String> settings,
            double start,
            Sampling sampling,
            int trajectories,
            long seed,
            Initial initial,
            Field field) {
        if (trajectories < 1) {
            throw new IllegalArgumentException("trajectories = " + trajectories + ": give 1 or more");
        }
        int dimension = initial.draw(Seeds.random(seed, 0)).length;
        int rows = Math.multiplyExact(sampling.samples(), dimension);
        double[] states = new double[Math.multiplyExact(trajectories, rows)];
        IntStream.range(0, trajectories).parallel().forEach(i -> {
            double[] y = initial.draw(Seeds.random(seed, i));
            integrate(field, start, sampling, y, states, i * rows);
        });
        double[] times = sampling.times();
        for (int i = 0; i < times.length; i++) {
            times[i] += start;
        }
        Map<String, String> metadata = new TreeMap<>(settings);
        metadata.put("burnIn", Double.toString(sampling.burnIn()));
        metadata.put("interval", Double.toString(sampling.interval()));
        metadata.put("samples", Integer.toString(sampling.samples()));
        metadata.put("seed", Long.toString(seed));
        metadata.put("method", "Dormand-Prince 8(5,3), tolerance " + TOLERANCE + ", float64");
        metadata.put("version", DatasetsVersion.current());
        return new Trajectories(times, states, trajectories, dimension, metadata);
    }

    private static void integrate(
            Field field, double start, Sampling sampling, double[] initial, double[] states, int offset) {
        OrdinaryDifferentialEquation equation = equation(field, initial.length);
        double[] y = initial;
        double t = start;
        if (sampling.burnIn() > 0) {
            y = advance(equation, t - sampling.burnIn(), y, t);
        }
        for (int sample = 0; sample < sampling.samples(); sample++) {
            double next = start + sample * sampling.interval();
            if (sample > 0) {
                y = advance(equation, t, y, next);
                t = next;
            }
            System.arraycopy(y, 0, states, offset + sample * y.length, y.length);
        }
    }

    private static double[] advance(OrdinaryDifferentialEquation equation, double from, double[] y, double to) {
        try {
            double[] reached = new DormandPrince853Integrator(SHORTEST_STEP, to - from, TOLERANCE, TOLERANCE)
                    .integrate(equation, new ODEState(from, y), to)
                    .getPrimaryState();
            for (double value : reached) {
                if (!Double.isFinite(value)) {
                    throw new IllegalArgumentException("the simulation overflowed before time " + to
                            + ": choose other parameters or a shorter time");
                }
            }
            return reached;
        } catch (MathRuntimeException e) {
            throw new IllegalArgumentException(
                    "the simulation fails before time " + to + " (" + e.getMessage()
                            + "): choose other parameters or a shorter time",
                    e);
        }
    }

    private static OrdinaryDifferentialEquation equation(Field field, int dimension) {
        return new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return dimension;
            }

            @Override
            public double[] computeDerivatives(double t, double[] y) {
                double[] derivative = new double[dimension];
                field.evaluate(t, y, derivative);
                return derivative;
            }
        };
    }

    static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " = " + value + ": give a positive finite number");
        }
    }
}
