package dev.odeon.solvers.tolerances;

import dev.odeon.graph.Floats;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * How large the error of a state may be: one number for all components, or one for each.
 *
 * <p>Its shape is spread over the state of one sample as in arithmetic: each dimension, counted from the last, is that of the
 * sample or one. Samples share it. An absolute tolerance has the units of the state, a relative one has none. Take one number
 * for each component where their sizes differ much, as those of concentrations in a chemical reaction do.
 *
 * @param shape of one sample, or one that spreads over it; scalar for all components alike
 * @param values row by row, zero or positive, finite
 */
public record Tolerance(Shape shape, List<Double> values) {

    /** Checks that the numbers fill the shape and that each can be a tolerance. */
    public Tolerance {
        Objects.requireNonNull(shape, "shape");
        values = List.copyOf(values);
        if (shape.isUnknown() || shape.hasUnknownDimension() || shape.size() != values.size() || values.isEmpty()) {
            throw new IllegalArgumentException("A tolerance of " + values.size() + " numbers in the shape " + shape
                    + ": give one number, or a known" + " shape and as many numbers as it has");
        }
        for (double value : values) {
            if (!(value >= 0) || !Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "A tolerance cannot be " + value + ": give zero or a positive number");
            }
        }
    }

    /**
     * One number for all components, or one for each of a sample of one axis.
     *
     * @throws IllegalArgumentException if there is no number, or one that is negative or not finite
     */
    public static Tolerance of(double... numbers) {
        return of(numbers.length == 1 ? Shape.scalar() : Shape.of(numbers.length), numbers);
    }

    /**
     * One number for each component of samples of any shape.
     *
     * @param numbers row by row
     */
    public static Tolerance of(Shape shape, double... numbers) {
        return new Tolerance(shape, DoubleStream.of(numbers).boxed().toList());
    }

    /** The numbers of a tensor or an array, which may be closed afterwards. */
    public static Tolerance of(NdArray<? extends Number> numbers) {
        List<Double> values = new ArrayList<>();
        numbers.scalars().forEach(scalar -> values.add(scalar.getObject().doubleValue()));
        return new Tolerance(numbers.shape(), values);
    }

    /** Whether all components have the same. */
    public boolean uniform() {
        return smallest() == largest();
    }

    /** The smallest number. */
    public double smallest() {
        return Collections.min(values);
    }

    /** The largest number. */
    public double largest() {
        return Collections.max(values);
    }

    /** The smallest of the numbers for all components. */
    public Tolerance strictest() {
        return of(smallest());
    }

    /** The same, each number times a factor. */
    public Tolerance times(double factor) {
        return of(shape, numbers().map(value -> value * factor).toArray());
    }

    /** The same, no number below a bound. */
    public Tolerance atLeast(double bound) {
        return bound <= smallest()
                ? this
                : of(shape, numbers().map(value -> Math.max(value, bound)).toArray());
    }

    /**
     * The sum with another, both spread over their joint shape.
     *
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public Tolerance plus(Tolerance other) {
        return joined(other, Double::sum);
    }

    /**
     * The larger of the numbers of this and of another, both spread over their joint shape.
     *
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public Tolerance atLeast(Tolerance other) {
        return joined(other, Math::max);
    }

    private Tolerance joined(Tolerance other, DoubleBinaryOperator of) {
        Shape joint = joint(shape, other.shape);
        double[] joined = new double[Math.toIntExact(joint.size())];
        for (int i = 0; i < joined.length; i++) {
            joined[i] = of.applyAsDouble(at(joint, i), other.at(joint, i));
        }
        return of(joint, joined);
    }

    /**
     * Checks that it spreads over the state of one sample.
     *
     * @param state the shape of a state, first axis batch
     * @throws IllegalArgumentException if it does not, and all that is needed is known
     */
    public void requireFits(Shape state) {
        if (state.isUnknown() || shape.numDimensions() == 0) {
            return;
        }
        Shape sample = state.numDimensions() == 0 ? Shape.scalar() : state.tail();
        boolean fits = shape.numDimensions() <= sample.numDimensions();
        for (int axis = 1; fits && axis <= shape.numDimensions(); axis++) {
            long own = fromLast(shape, axis);
            long size = fromLast(sample, axis);
            fits = own == 1 || size == Shape.UNKNOWN_SIZE || own == size;
        }
        if (!fits) {
            throw new IllegalArgumentException("The tolerance " + this + " of the shape " + shape
                    + " does not spread over samples of the shape " + sample
                    + ": give one number for all components, or"
                    + " one for each component of a sample");
        }
    }

    /** The numbers as a constant of an element type: a scalar where all are the same. */
    public <T extends TFloating> Operand<T> in(Ops tf, Class<T> type) {
        return uniform()
                ? Floats.scalar(tf, type, smallest())
                : Floats.constant(tf, type, shape, numbers().toArray());
    }

    private DoubleStream numbers() {
        return values.stream().mapToDouble(Double::doubleValue);
    }

    private static long fromLast(Shape shape, int axis) {
        return shape.get(shape.numDimensions() - axis);
    }

    private static Shape joint(Shape a, Shape b) {
        int rank = Math.max(a.numDimensions(), b.numDimensions());
        long[] sizes = new long[rank];
        for (int axis = 1; axis <= rank; axis++) {
            long ofA = axis <= a.numDimensions() ? fromLast(a, axis) : 1;
            long ofB = axis <= b.numDimensions() ? fromLast(b, axis) : 1;
            if (ofA != ofB && ofA != 1 && ofB != 1) {
                throw new IllegalArgumentException("Tolerances of the shapes " + a + " and " + b
                        + " do not go together: give both one number, or one for each component of a sample");
            }
            sizes[rank - axis] = Math.max(ofA, ofB);
        }
        return Shape.of(sizes);
    }

    /** The number for a component of a larger shape, by its place row by row. */
    private double at(Shape larger, int place) {
        long index = 0;
        long stride = 1;
        long rest = place;
        for (int axis = 1; axis <= shape.numDimensions(); axis++) {
            long size = fromLast(larger, axis);
            long own = fromLast(shape, axis);
            index += own == 1 ? 0 : rest % size * stride;
            stride *= own;
            rest /= size;
        }
        return values.get(Math.toIntExact(index));
    }

    @Override
    public String toString() {
        return values.size() == 1 ? values.get(0).toString() : values.toString();
    }
}
