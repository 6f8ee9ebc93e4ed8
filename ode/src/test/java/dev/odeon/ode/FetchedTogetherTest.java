package dev.odeon.ode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.adjoint.ReversibleAdjoint;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.testing.Fed;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SampleTimes;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** Everything that a solution hands out can be fetched in one run, where TensorFlow allows no tensor twice. */
class FetchedTogetherTest {

    private static final VectorField<TFloat64> GROWTH =
            (tf, t, u, theta) -> tf.math.mul(u, theta.get("p", TFloat64.class));

    private static final StopEvent<TFloat64> AT_TWO = StopEvent.of(
            (tf, t, u, theta) -> tf.math.sub(tf.gather(u, tf.constant(0), tf.constant(1)), tf.constant(2.0)));

    private static final PidController CHOSEN = PidController.of(1e-3, 1e-3);

    /** A kind of steps, with a method that takes them. */
    private record Kind(String name, Method method, StepControl control) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind("known", Methods.RK4, new FixedSteps(0.25)),
                new Kind("chosen", Methods.BOGACKI_SHAMPINE3, CHOSEN),
                new Kind("of each sample", Methods.BOGACKI_SHAMPINE3, CHOSEN.with(PidController.Scope.EACH_SAMPLE)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void solutionsOfEveryKind(Kind kind) throws ReflectiveOperationException {
        boolean chosen = kind.control() instanceof PidController;
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> u0 = Fed.fed(tf, new double[] {1, 1.5}, 2, 1);
            Values theta = Values.of("p", Fed.fed(tf, new double[] {1}));
            OdeSolver<TFloat64> solver = OdeSolver.of(GROWTH, kind.method(), kind.control());
            OdeSolver<TFloat64> plain = solver.withGradient(Gradient.NONE);
            List<SaveAt> kept = List.of(SaveAt.times(0, 0.5, 1), SaveAt.steps(0, 1, 50), SaveAt.dense(0, 1, 50));
            List<Operand<?>> all = new ArrayList<>();
            for (SaveAt saveAt : kept) {
                for (OdeSolver<TFloat64> each : List.of(plain, plain.withEvent(AT_TWO))) {
                    all.addAll(outputs(each.solve(tf, u0, theta, saveAt)));
                }
            }
            List<Gradient> gradients = chosen
                    ? List.of(Gradient.DISCRETE_ADJOINT)
                    : List.of(Gradient.DISCRETE_ADJOINT, new ReversibleAdjoint(), new BacksolveAdjoint());
            for (Gradient gradient : gradients) {
                Solution<TFloat64> solution = solver.withGradient(gradient).solve(tf, u0, theta, SaveAt.end(0, 1));
                all.add(Gradients.of(tf, tf.reduceSum(solution.last(), tf.constant(new int[] {0, 1})), theta)
                        .get("p"));
                all.addAll(outputs(solution));
            }
            if (!(kind.control() instanceof FixedSteps)) {
                SampleTimes<TFloat64> times = SampleTimes.of(Fed.fed(tf, new double[] {0, 1, 0, 0.5}, 2, 2));
                all.addAll(outputs(plain.solve(tf, u0, theta, times)));
            }
            Session.Runner runner = graph.quickSession().runner();
            all.forEach(runner::fetch);
            try (Result result = runner.run()) {
                assertThat(result.size()).isEqualTo(all.size()).isGreaterThan(80);
            }
        }
    }

    private static List<Operand<?>> outputs(Solution<TFloat64> solution) throws ReflectiveOperationException {
        List<Operand<?>> outputs = new ArrayList<>(
                List.of(solution.last(), solution.states(), solution.times(), solution.count(), solution.outcome()));
        outputs.addAll(components(solution.statistics()));
        if (solution.event().isPresent()) {
            outputs.addAll(components(solution.event().orElseThrow()));
        }
        if (solution.backward().isPresent()) {
            outputs.addAll(components(solution.backward().orElseThrow()));
        }
        solution.dense().ifPresent(dense -> outputs.addAll(List.of(dense.count(), dense.ends())));
        solution.backwardOutcome().ifPresent(outputs::add);
        solution.reconstructed().ifPresent(outputs::add);
        return outputs;
    }

    private static List<Operand<?>> components(Record all) throws ReflectiveOperationException {
        List<Operand<?>> operands = new ArrayList<>();
        for (RecordComponent component : all.getClass().getRecordComponents()) {
            Object value = component.getAccessor().invoke(all);
            if (value instanceof Optional<?> perhaps) {
                perhaps.ifPresent(present -> operands.add((Operand<?>) present));
            } else {
                operands.add((Operand<?>) value);
            }
        }
        return operands;
    }
}
