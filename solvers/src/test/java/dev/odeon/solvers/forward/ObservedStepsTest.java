package dev.odeon.solvers.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.engine.Counter;
import dev.odeon.solvers.engine.Problem;
import dev.odeon.solvers.engine.Start;
import dev.odeon.solvers.engine.StepInput;
import dev.odeon.solvers.engine.StepOutput;
import dev.odeon.solvers.engine.StepSize;
import dev.odeon.solvers.engine.Stepper;
import dev.odeon.solvers.engine.Use;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.linear.ScaledIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** What an observer does not change of a step, the loop and the adjoint still get. */
class ObservedStepsTest {

    private static final Method METHOD = Methods.IMEX_RK3;

    /** What may stand around an engine. */
    private enum Around {
        END {
            @Override
            Observer<TFloat64> of(Problem<TFloat64> problem, Stepper<TFloat64> engine) {
                return new EndStepper<>(engine);
            }
        },
        HERMITE {
            @Override
            Observer<TFloat64> of(Problem<TFloat64> problem, Stepper<TFloat64> engine) {
                return new HermiteStepper<>(problem, engine);
            }
        },
        RECORDER {
            @Override
            Observer<TFloat64> of(Problem<TFloat64> problem, Stepper<TFloat64> engine) {
                return new DenseRecorder<>(problem, engine, METHOD.denseCoefficients(), 3);
            }
        },
        EVENT {
            @Override
            Observer<TFloat64> of(Problem<TFloat64> problem, Stepper<TFloat64> engine) {
                return new EventStepper<>(StopEvent.of((tf, t, u, theta) -> tf.math.mean(u, tf.constant(1))), engine);
            }
        };

        abstract Observer<TFloat64> of(Problem<TFloat64> problem, Stepper<TFloat64> engine);
    }

    /** An engine that remembers what it handed on. */
    private record Overheard(Stepper<TFloat64> engine, List<StepOutput<TFloat64>> outputs)
            implements Stepper<TFloat64> {

        @Override
        public Set<Counter> counters() {
            return engine.counters();
        }

        @Override
        public Values memory(Ops tf, Start<TFloat64> start) {
            return engine.memory(tf, start);
        }

        @Override
        public StepOutput<TFloat64> step(Ops tf, StepInput<TFloat64> input) {
            outputs.add(engine.step(tf, input));
            return outputs.get(outputs.size() - 1);
        }
    }

    private static StepOutput<TFloat64> step(
            Ops tf, Problem<TFloat64> problem, Stepper<TFloat64> prepared, Stepper<TFloat64> engine) {
        Operand<TFloat64> time = tf.constant(0.0);
        Operand<TFloat64> state = tf.constant(new double[][] {{1, 0.5}, {-1, 2}});
        Values data = Objects.requireNonNull(problem.linear()).data(tf, TFloat64.class);
        Values memory = engine.memory(tf, new Start<>(List.of(time), List.of(state), Values.empty(), data));
        Values factors = prepared.prepare(tf, data, new double[] {0.1});
        return engine.step(
                tf,
                new StepInput<>(
                        time,
                        new StepSize.Known<>(TFloat64.class, 0.1),
                        state,
                        memory,
                        Values.empty(),
                        data,
                        factors,
                        false));
    }

    private static Problem<TFloat64> problem() {
        return new Problem<>(
                (tf, t, u, theta) -> tf.math.sin(u), ScaledIdentity.of(-1), TFloat64.class, Shape.of(2, 2));
    }

    @ParameterizedTest
    @EnumSource(Around.class)
    void anObservedEngineKeepsItsStagesAndItsErrorEstimate(Around around) {
        try (TestGraph graph = new TestGraph()) {
            Problem<TFloat64> problem = problem();
            Stepper<TFloat64> engine = Steppers.of(problem, METHOD, Use.DENSE);
            Overheard overheard = new Overheard(engine, new ArrayList<>());
            StepOutput<TFloat64> observed = step(graph.tf(), problem, engine, around.of(problem, overheard));
            StepOutput<TFloat64> own = overheard.outputs().get(0);
            assertThat(observed.stages()).isEqualTo(own.stages()).hasSize(3);
            assertThat(observed.error()).isSameAs(own.error()).isNotNull();
            assertThat(observed.memory().names()).containsAll(own.memory().names());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"imex-rk3", "tsit5", "dopri8", "rk4", "etdrk4", "sdirk2", "radau5", "sbdf1", "ab1"})
    void theDenseOutputHasTheCoefficientsThatItsMethodSays(String name) {
        try (TestGraph graph = new TestGraph()) {
            Problem<TFloat64> problem = problem();
            Method method = Methods.named(name);
            Stepper<TFloat64> engine = Steppers.of(problem, method, Use.DENSE);
            StepOutput<TFloat64> output = step(graph.tf(), problem, engine, engine);
            assertThat(output.requireDense()).hasSize(method.denseCoefficients());
        }
    }
}
