package dev.odeon.solvers.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.Start;
import dev.odeon.solvers.stepper.StepDemand;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.StepSize;
import dev.odeon.solvers.stepper.Stepper;
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

    /** What may stand around a stepper. */
    private enum Around {
        END {
            @Override
            Observer<TFloat64> of(Problem<TFloat64> problem, Stepper<TFloat64> stepper) {
                return new EndStepper<>(stepper);
            }
        },
        HERMITE {
            @Override
            Observer<TFloat64> of(Problem<TFloat64> problem, Stepper<TFloat64> stepper) {
                return new HermiteStepper<>(problem, stepper);
            }
        },
        RECORDER {
            @Override
            Observer<TFloat64> of(Problem<TFloat64> problem, Stepper<TFloat64> stepper) {
                return new DenseRecorder<>(problem, stepper, METHOD.denseCoefficients(), 3);
            }
        },
        EVENT {
            @Override
            Observer<TFloat64> of(Problem<TFloat64> problem, Stepper<TFloat64> stepper) {
                return new EventStepper<>(
                        StopEvent.of((tf, t, u, theta) -> tf.math.mean(u, tf.constant(1))),
                        stepper,
                        new double[] {0.1, 0.2, 0.3});
            }
        };

        abstract Observer<TFloat64> of(Problem<TFloat64> problem, Stepper<TFloat64> stepper);
    }

    /** A stepper that remembers what it handed on. */
    private record Overheard(Stepper<TFloat64> stepper, List<StepOutput<TFloat64>> outputs)
            implements Stepper<TFloat64> {

        @Override
        public Set<Counter> counters() {
            return stepper.counters();
        }

        @Override
        public Values memory(Ops tf, Start<TFloat64> start) {
            return stepper.memory(tf, start);
        }

        @Override
        public StepOutput<TFloat64> step(Ops tf, StepInput<TFloat64> input) {
            outputs.add(stepper.step(tf, input));
            return outputs.get(outputs.size() - 1);
        }
    }

    private static StepOutput<TFloat64> step(
            Ops tf, Problem<TFloat64> problem, Stepper<TFloat64> prepared, Stepper<TFloat64> stepper) {
        Operand<TFloat64> time = tf.constant(0.0);
        Operand<TFloat64> state = tf.constant(new double[][] {{1, 0.5}, {-1, 2}});
        Values data = Objects.requireNonNull(problem.linear()).data(tf, TFloat64.class);
        Values memory = stepper.memory(tf, new Start<>(List.of(time), List.of(state), Values.empty(), data));
        Values factors = prepared.prepare(tf, data, new double[] {0.1});
        return stepper.step(
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
    void anObservedStepperKeepsItsStagesAndItsErrorEstimate(Around around) {
        try (TestGraph graph = new TestGraph()) {
            Problem<TFloat64> problem = problem();
            Stepper<TFloat64> stepper = Steppers.of(problem, METHOD, StepDemand.DENSE);
            Overheard overheard = new Overheard(stepper, new ArrayList<>());
            StepOutput<TFloat64> observed = step(graph.tf(), problem, stepper, around.of(problem, overheard));
            StepOutput<TFloat64> own = overheard.outputs().get(0);
            assertThat(observed.stages()).isEqualTo(own.stages()).hasSize(3);
            assertThat(graph.evaluate(Objects.requireNonNull(observed.error())))
                    .isEqualTo(graph.evaluate(Objects.requireNonNull(own.error())));
            assertThat(observed.memory().names()).containsAll(own.memory().names());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"imex-rk3", "tsit5", "dopri8", "rk4", "etdrk4", "sdirk2", "radau5", "sbdf1", "ab1"})
    void theDenseOutputHasTheCoefficientsThatItsMethodSays(String name) {
        try (TestGraph graph = new TestGraph()) {
            Problem<TFloat64> problem = problem();
            Method method = Methods.named(name);
            Stepper<TFloat64> stepper = Steppers.of(problem, method, StepDemand.DENSE);
            StepOutput<TFloat64> output = step(graph.tf(), problem, stepper, stepper);
            assertThat(output.requireDense()).hasSize(method.denseCoefficients());
        }
    }
}
