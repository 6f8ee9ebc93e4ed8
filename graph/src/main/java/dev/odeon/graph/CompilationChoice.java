package dev.odeon.graph;

import dev.odeon.graph.runtime.Devices;
import java.util.Objects;
import java.util.Set;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Who runs a graph function, and why.
 *
 * <p>On a GPU always XLA. On the CPU by measurements ({@code odeon bench compile}, docs/COMPILATION.md): XLA runs small
 * explicit and IMEX steps 1.3 to 3 times faster, since nothing is launched operation by operation, and steps that iterate for
 * few numbers ten to fifty times; from some thousand numbers on the products of matrices count, and of steps that iterate the
 * factors of matrices, which the executor does as well or better. Compiling takes a second of one core for explicit steps
 * and ten for implicit Runge-Kutta steps with their gradients: a graph that is run a few times is better left to the executor.
 *
 * @param compilation decided: {@link Compilation#EXECUTOR} or {@link Compilation#XLA}
 * @param reason in some words, for summaries
 */
public record CompilationChoice(Compilation compilation, String reason) {

    /** The largest state, in numbers, whose explicit and IMEX steps XLA runs clearly faster on the CPU. */
    static final long SMALL = 2048;

    /** The same in single precision, where the executor's products of matrices are faster. */
    static final long SMALL_SINGLE = 1024;

    /** The same for steps that iterate, most of whose time goes into factors of matrices from there on. */
    static final long SMALL_ITERATED = 512;

    /** How many evaluations one after the other XLA compiles in a few seconds. */
    static final long UNROLLED = 64;

    private static final String ASKED = "as asked";

    public CompilationChoice {
        Objects.requireNonNull(reason, "reason");
        if (compilation == Compilation.AUTO) {
            throw new IllegalArgumentException("AUTO decides nothing: choose EXECUTOR or XLA");
        }
    }

    /** In one line: {@code XLA: there is a GPU}. */
    public String line() {
        return (compilation == Compilation.XLA ? "XLA: " : "executor: ") + reason;
    }

    /** In one line, what AUTO does on this machine. */
    public static String rule() {
        return Devices.gpuPresent()
                ? gpu().line()
                : "XLA for states of up to " + SMALL + " numbers, " + SMALL_SINGLE + " in float32, " + SMALL_ITERATED
                        + " where steps iterate; otherwise the executor";
    }

    /**
     * Builds a body for who was chosen; for the executor if it turns out that XLA, chosen but not asked for, has no kernel for
     * one of its operations.
     *
     * @param name of the function in the graph
     * @param arguments tensors of the surrounding graph that the body reads
     */
    public Compilation.Decided build(Ops tf, String name, Values arguments, GraphFunction.Body body) {
        if (compilation == Compilation.EXECUTOR) {
            return new Compilation.Decided(compilation.building(() -> body.apply(tf, arguments)), this);
        }
        GraphFunction function = compilation.building(() -> GraphFunction.define(tf, name, arguments.specs(), body));
        if (!reason.equals(ASKED) && !Devices.gpuPresent()) {
            Set<String> missing = XlaKernels.missing(GraphFunction.graphOf(tf), function);
            if (!missing.isEmpty()) {
                return executor("XLA has no kernel for " + missing).build(tf, name, arguments, body);
            }
        }
        return new Compilation.Decided(function.callCompiled(tf, arguments), this);
    }

    /** What was asked for. */
    static CompilationChoice asked(Compilation compilation) {
        return new CompilationChoice(compilation, ASKED);
    }

    static CompilationChoice gpu() {
        return new CompilationChoice(Compilation.XLA, "there is a GPU");
    }

    static CompilationChoice executor(String reason) {
        return new CompilationChoice(Compilation.EXECUTOR, reason);
    }

    /** What AUTO decides without a GPU. */
    static CompilationChoice onCpu(SolveWork work) {
        boolean iterates = work.equations() > 0;
        long small = work.type() == TFloat32.class ? SMALL_SINGLE : SMALL;
        long limit = iterates ? SMALL_ITERATED : small;
        if (work.numbers() < 0) {
            return executor("the shape of the state is not known, and XLA compiles anew for each");
        }
        if (work.numbers() > limit) {
            return executor("a state of " + work.numbers() + " numbers is more than " + limit
                    + ", where XLA gains little on the CPU");
        }
        if (work.unrolled() > 0 && (iterates || work.unrolled() > UNROLLED)) {
            return executor(work.unrolled() + " unrolled evaluations" + (iterates ? " that iterate" : "")
                    + " take XLA long to compile");
        }
        return new CompilationChoice(
                Compilation.XLA,
                "a state of " + work.numbers() + " numbers is small" + (iterates ? ", and its steps iterate" : ""));
    }
}
