package dev.odeon.models.training;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.CompilationChoice;
import dev.odeon.graph.Floats;
import dev.odeon.graph.LoopTables;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.models.training.runs.Iteration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Several iterations in one run: a loop that carries everything training changes.
 *
 * <p>What the iterations are fed are the rows of tables, and what they tell becomes the rows of another. The loop ends with the
 * last iteration that was fed, or with one that failed, which leaves all values as they were.
 */
final class IterationLoop<T extends TFloating> implements Iterations {

    private static final String VARIABLE = "variable/";
    private static final String STORED = "stored/";
    private static final String TABLE = "table/";
    private static final String RATES = "rates";
    private static final String CHANGES = "changes";
    private static final String COUNT = "count";
    private static final String ROUND = "round";
    private static final String GOING = "going";
    private static final String TOLD = "told";

    private final int most;
    private final Class<T> type;
    private final Map<String, Placeholder<?>> tables = new LinkedHashMap<>();
    private final Placeholder<T> rates;
    private final Placeholder<TInt32> count;
    private final @Nullable Placeholder<TBool> changes;
    private final ToldTable table = new ToldTable();
    private final CompilationChoice choice;
    private final Operand<TFloat64> told;
    private final Operand<TInt32> done;
    private final Op update;
    private final @Nullable Placeholder<T> settledRate;
    private final @Nullable Operand<TFloat64> waiting;
    private final @Nullable Op settlement;

    /**
     * Adds the loop.
     *
     * @param chosen who runs it
     * @param most iterations in a run
     * @param stored what lies on the device
     * @param shared what of it every iteration sees
     * @param inputs of an iteration
     * @param variables that were declared; receives slots and sums
     */
    IterationLoop(
            Ops tf,
            CompilationChoice chosen,
            int most,
            Class<T> type,
            IterationBody<T> body,
            Variables variables,
            Values stored,
            Values shared,
            List<TensorSpec> inputs,
            BatchColumns columns,
            TrainingSettings settings) {
        this.most = most;
        this.type = type;
        NextValues next = new NextValues(variables, settings);
        next.declare();
        Values arguments = variables.read().prefixed(VARIABLE).and(stored.prefixed(STORED));
        for (TensorSpec input : inputs) {
            Placeholder<?> rows =
                    tf.placeholder(input.type(), Placeholder.shape(input.shape().prepend(most)));
            tables.put(input.name(), rows);
            arguments = arguments.withConstant(TABLE + input.name(), rows);
        }
        this.rates = tf.placeholder(type, Placeholder.shape(Shape.of(most)));
        this.count = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
        arguments = arguments.withConstant(RATES, rates).withConstant(COUNT, count);
        if (settings.accumulation() > 1) {
            this.changes = tf.placeholder(TBool.class, Placeholder.shape(Shape.of(most)));
            arguments = arguments.withConstant(CHANGES, changes);
        } else {
            this.changes = null;
        }
        Compilation.Decided decided = chosen.build(tf, "training", arguments, (inner, values) -> {
            Values carried = values.under(VARIABLE).prefixed(VARIABLE);
            Values invariants = values;
            for (String name : carried.names()) {
                invariants = invariants.without(name);
            }
            Round round = new Round(body, next, invariants, shared, columns);
            WhileLoop loop = round.define(inner);
            return loop.run(
                            inner,
                            Values.of(ROUND, inner.constant(0))
                                    .with(GOING, inner.constant(true))
                                    .with(TOLD, table.empty(inner, most))
                                    .and(carried),
                            invariants)
                    .values()
                    .without(GOING);
        });
        this.choice = decided.choice();
        Values results = decided.values();
        this.told = results.get(TOLD, TFloat64.class);
        this.done = results.get(ROUND, TInt32.class);
        this.update = variables.assign(tf, results.under(VARIABLE));
        if (settings.accumulation() > 1) {
            Placeholder<T> fedRate = tf.placeholder(type, Placeholder.shape(Shape.scalar()));
            Values present = variables.read();
            this.settledRate = fedRate;
            this.waiting = present.get(JoinedGradients.WEIGHT, TFloat64.class);
            this.settlement =
                    variables.assign(tf, next.settled(tf, present, fedRate).values());
        } else {
            this.settledRate = null;
            this.waiting = null;
            this.settlement = null;
        }
    }

    /** One round of the loop, an iteration. */
    private final class Round {
        private final IterationBody<T> body;
        private final NextValues next;
        private final Values arguments;
        private final Values shared;
        private final BatchColumns columns;

        Round(IterationBody<T> body, NextValues next, Values arguments, Values shared, BatchColumns columns) {
            this.body = body;
            this.next = next;
            this.arguments = arguments;
            this.shared = shared;
            this.columns = columns;
        }

        WhileLoop define(Ops tf) {
            Variables variables = next.variables();
            List<TensorSpec> carried = new ArrayList<>(List.of(
                    new TensorSpec(ROUND, TInt32.class, Shape.scalar(), false),
                    new TensorSpec(GOING, TBool.class, Shape.scalar(), false),
                    new TensorSpec(TOLD, TFloat64.class, Shape.of(most, Shape.UNKNOWN_SIZE), false)));
            variables
                    .all()
                    .map(variable ->
                            new TensorSpec(VARIABLE + variable.name(), variable.type(), variable.shape(), true))
                    .forEach(carried::add);
            return WhileLoop.define(
                    tf,
                    "iterations",
                    carried,
                    arguments.specs(),
                    (inner, values, invariants) -> inner.math.logicalAnd(
                            inner.math.less(values.get(ROUND, TInt32.class), invariants.get(COUNT, TInt32.class)),
                            values.get(GOING, TBool.class)),
                    this::next);
        }

        private Values next(Ops tf, Values carried, Values invariants) {
            Variables variables = next.variables();
            Operand<TInt32> round = carried.get(ROUND, TInt32.class);
            Values present = carried.under(VARIABLE);
            Values stored = invariants.under(STORED);
            Values fed = Values.empty();
            Values rows = invariants.under(TABLE);
            for (String name : rows.names()) {
                fed = fed.withConstant(name, LoopTables.row(tf, rows.get(name), round));
            }
            Values values =
                    Variables.of(variables.parameters(), present).and(Variables.constant(variables.states(), present));
            for (String name : shared.names()) {
                values = values.withConstant(name, stored.get(name));
            }
            Values iteration = body.train(tf, values.and(columns.values(tf, stored, fed)));
            NextValues.Step step = next.after(
                    tf,
                    present,
                    iteration,
                    LoopTables.row(tf, invariants.get(RATES, type), round),
                    invariants.contains(CHANGES)
                            ? LoopTables.row(tf, invariants.get(CHANGES, TBool.class), round)
                            : null);
            Operand<TFloat64> row = table.row(tf, Reported.told(iteration.with(Reported.GOOD, step.good())));
            return Values.of(ROUND, tf.math.add(round, tf.constant(1)))
                    .with(GOING, step.good())
                    .with(TOLD, LoopTables.written(tf, carried.get(TOLD, TFloat64.class), round, row))
                    .and(step.values().prefixed(VARIABLE));
        }
    }

    /** Who runs it, and why. */
    CompilationChoice choice() {
        return choice;
    }

    @Override
    public int most() {
        return most;
    }

    @Override
    public List<Op> carriedOut() {
        return List.of(told, done, update);
    }

    @Override
    public List<Iteration> train(Session session, List<Fed> fed) {
        List<Iteration> told = new ArrayList<>();
        for (int from = 0; from < fed.size(); from += most) {
            List<Fed> group = fed.subList(from, Math.min(fed.size(), from + most));
            List<Iteration> part = running(session, group, runner -> read(runner, group));
            told.addAll(part);
            if (!part.get(part.size() - 1).verdict().successful()) {
                break;
            }
        }
        return told;
    }

    private List<Iteration> read(Session.Runner runner, List<Fed> fed) {
        try (Result result = runner.run()) {
            double[] numbers = Floats.read(result.get(0));
            int rounds = ((TInt32) result.get(1)).getInt();
            List<Iteration> iterations = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                iterations.add(Reported.read(
                        table.read(numbers, i), fed.get(i).rows(), fed.get(i).counting()));
            }
            return iterations;
        }
    }

    @Override
    public <R> R running(Session session, Fed fed, Function<Session.Runner, R> carriedOut) {
        return running(session, List.of(fed), carriedOut);
    }

    private <R> R running(Session session, List<Fed> fed, Function<Session.Runner, R> carriedOut) {
        List<Tensor> owned = new ArrayList<>();
        try {
            Session.Runner runner = session.runner().fetch(told).fetch(done).addTarget(update);
            tables.forEach((name, placeholder) -> {
                Tensor rows = Stacked.of(
                        name,
                        fed.stream()
                                .map(each ->
                                        Objects.requireNonNull(each.tensors().get(name), name))
                                .toList(),
                        most);
                owned.add(rows);
                runner.feed(placeholder, rows);
            });
            feed(runner, owned, rates, Floats.tensor(type, Shape.of(most), padded(fed)));
            feed(runner, owned, count, TInt32.scalarOf(fed.size()));
            if (changes != null) {
                boolean[] uses = new boolean[most];
                for (int i = 0; i < fed.size(); i++) {
                    uses[i] = fed.get(i).use() == Fed.Use.CHANGE;
                }
                feed(runner, owned, changes, TBool.tensorOf(Shape.of(most), DataBuffers.of(uses)));
            } else if (fed.stream().anyMatch(each -> each.use() == Fed.Use.ADD)) {
                throw Iterations.notJoined();
            }
            return carriedOut.apply(runner);
        } finally {
            owned.forEach(Tensor::close);
        }
    }

    private static void feed(Session.Runner runner, List<Tensor> owned, Placeholder<?> placeholder, Tensor tensor) {
        owned.add(tensor);
        runner.feed(placeholder, tensor);
    }

    private double[] padded(List<Fed> fed) {
        double[] all = new double[most];
        for (int i = 0; i < fed.size(); i++) {
            all[i] = fed.get(i).rate();
        }
        return all;
    }

    @Override
    public void settle(Session session, Map<String, ? extends Tensor> fed, double rate) {
        if (settlement == null || waiting == null || settledRate == null) {
            throw Iterations.notJoined();
        }
        try (Result present = session.runner().fetch(waiting).run()) {
            if (Floats.read(present.get(0))[0] == 0) {
                return;
            }
        }
        try (T fedRate = Floats.tensor(type, Shape.scalar(), rate)) {
            session.runner()
                    .feed(settledRate, fedRate)
                    .addTarget(settlement)
                    .run()
                    .close();
        }
    }
}
