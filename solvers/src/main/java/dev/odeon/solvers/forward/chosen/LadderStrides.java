package dev.odeon.solvers.forward.chosen;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.stepper.Counter;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Steps on a {@link Ladder}, whose factors are cached. */
record LadderStrides<T extends TFloating>(Ladder<T> ladder, Class<T> type) implements Strides<T> {

    @Override
    public Values initial(Ops tf, Operand<T> first, Values linearData) {
        return Values.of(Counter.FACTORIZATIONS.key(), tf.constant(0))
                .with(Carried.POSITION, tf.constant(0))
                .with(Carried.RUNG, ladder.rungOf(tf, first))
                .and(ladder.initial(tf, linearData).prefixed(Carried.LADDER));
    }

    @Override
    public Stride<T> stride(Ops tf, Values carried, Values fixed) {
        Operand<TInt32> rung = carried.get(Carried.RUNG, TInt32.class);
        Ladder.Lookup lookup = ladder.lookup(tf, rung, carried.under(Carried.LADDER), Prepared.linearData(fixed));
        Values after = carried;
        for (String name : lookup.cache().names()) {
            after = after.with(Carried.LADDER + name, lookup.cache().get(name));
        }
        String factors = Counter.FACTORIZATIONS.key();
        after = after.with(factors, tf.math.add(carried.get(factors, TInt32.class), lookup.factors()));
        Operand<TInt32> reached = tf.math.add(carried.get(Carried.POSITION, TInt32.class), Ladder.ticks(tf, rung));
        Operand<TBool> last = tf.math.equal(reached, tf.constant(1 << Ladder.FINEST));
        return new Stride<>(
                tf.math.mul(Floats.scalar(tf, type, Math.abs(ladder.size(0))), ladder.fraction(tf, rung)),
                tf.constant(false),
                ladder.offset(tf, reached),
                last,
                lookup.prepared(),
                after);
    }

    @Override
    public Values after(Ops tf, Values carried, Operand<T> proposal, Operand<TBool> accepted) {
        Operand<TInt32> rung = carried.get(Carried.RUNG, TInt32.class);
        Operand<TInt32> position = ladder.position(tf, carried.get(Carried.POSITION, TInt32.class), rung, accepted);
        return carried.with(Carried.POSITION, position).with(Carried.RUNG, ladder.next(tf, rung, position, proposal));
    }

    @Override
    public boolean counts(Counter counter) {
        return counter == Counter.FACTORIZATIONS;
    }

    @Override
    public double smallest() {
        return Math.abs(ladder.size(Ladder.FINEST));
    }
}
