package dev.odeon.models.training;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.models.optimisers.Averaging;
import dev.odeon.models.training.runs.Iteration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/** An iteration that is one run: it changes variables. */
final class SingleIteration<T extends TFloating> implements Iterations {

    private final Ops tf;
    private final Variables variables;
    private final Map<String, Placeholder<?>> inputs;
    private final Placeholder<T> rate;
    private final Values told;
    private final Op update;
    private final @Nullable Op accumulation;
    private final @Nullable Settlement settlement;

    /**
     * Adds it.
     *
     * @param iteration what it computes before anything changes
     * @param variables that it changes; receives slots and sums
     * @param inputs by name
     */
    SingleIteration(
            Ops tf,
            Class<T> type,
            Values iteration,
            Variables variables,
            Map<String, Placeholder<?>> inputs,
            TrainingSettings settings) {
        this.tf = tf;
        this.variables = variables;
        this.inputs = inputs;
        this.rate = tf.placeholder(type, Placeholder.shape(Shape.scalar()));
        Values gradients = IterationBody.gradients(iteration);
        Accumulators accumulators = settings.accumulation() == 1
                ? null
                : new Accumulators(
                        tf, variables.sums(), variables.parameters(), gradients, iteration.get(Reported.WEIGHT, type));
        Values received = settings.clipping().clip(tf, accumulators == null ? gradients : accumulators.joined());
        Operand<TBool> good = iteration.get(Reported.GOOD, TBool.class);
        if (!IterationBody.asTheyAre(settings)) {
            good = tf.math.logicalAnd(good, Guard.finite(tf, received, Values.empty()));
        }
        this.told = iteration.with(Reported.GOOD, good);
        Guard guard = new Guard(good);
        List<Op> always = stateUpdates(guard);
        this.accumulation = accumulators == null ? null : all(always, accumulators.add(guard));
        // The loss is complete before a parameter changes, whatever the gradients depend on.
        Ops after = tf.withControlDependencies(List.of(told.get(Reported.LOSS)));
        Values kept = guard.kept(tf, received);
        Op changed = settings.optimiser().apply(after, variables.parameters(), variables.slots(), kept, rate);
        List<Op> more = new ArrayList<>(List.of(changed));
        if (accumulators != null) {
            more.addAll(accumulators.reset(changed));
        }
        if (settings.averaging() instanceof Averaging.Exponential mean) {
            more.add(mean.step(tf, variables.parameters(), variables.averages(), changed));
        }
        this.update = all(always, more);
        this.settlement = accumulators == null
                ? null
                : new Settlement(
                        accumulators.stored(),
                        accumulators.withoutThis(),
                        iteration.get(Reported.GOOD, TBool.class),
                        all(more, List.of()));
    }

    private List<Op> stateUpdates(Guard guard) {
        List<Op> updates = new ArrayList<>();
        Values changed = IterationBody.updates(told);
        for (String name : changed.names()) {
            updates.add(variables.states().assign(name, guard.kept(tf, changed.get(name))));
        }
        return updates;
    }

    private Op all(List<Op> some, List<Op> others) {
        List<Op> all = new ArrayList<>(some);
        all.addAll(others);
        return tf.withControlDependencies(all).noOp();
    }

    @Override
    public int most() {
        return 1;
    }

    @Override
    public List<Op> carriedOut() {
        List<Op> operations = new ArrayList<>(List.of(update));
        told.operands().forEach(operand -> operations.add(operand));
        return operations;
    }

    @Override
    public List<Iteration> train(Session session, List<Fed> fed) {
        List<Iteration> done = new ArrayList<>();
        for (Fed each : fed) {
            Iteration iteration =
                    running(session, each, runner -> Reported.run(runner, told, each.rows(), each.counting()));
            done.add(iteration);
            if (!iteration.verdict().successful()) {
                break;
            }
        }
        return done;
    }

    @Override
    public <R> R running(Session session, Fed fed, Function<Session.Runner, R> carriedOut) {
        Session.Runner runner = runner(session, fed.tensors());
        if (fed.use() == Fed.Use.ADD) {
            return carriedOut.apply(runner.addTarget(given(accumulation)));
        }
        try (T fedRate = Floats.tensor(rate.type(), Shape.scalar(), fed.rate())) {
            return carriedOut.apply(runner.feed(rate, fedRate).addTarget(update));
        }
    }

    @Override
    public void settle(Session session, Map<String, ? extends Tensor> fed, double learningRate) {
        Settlement settled = given(settlement);
        if (settled.waiting(session)) {
            try (T fedRate = Floats.tensor(rate.type(), Shape.scalar(), learningRate)) {
                settled.run(runner(session, fed).feed(rate, fedRate));
            }
        }
    }

    private Session.Runner runner(Session session, Map<String, ? extends Tensor> fed) {
        Session.Runner runner = session.runner();
        fed.forEach((name, tensor) -> runner.feed(Objects.requireNonNull(inputs.get(name)), tensor));
        return runner;
    }

    private static <O> O given(@Nullable O operation) {
        if (operation == null) {
            throw Iterations.notJoined();
        }
        return operation;
    }
}
