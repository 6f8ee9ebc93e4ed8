package dev.odeon.graph;

import dev.odeon.graph.runtime.Devices;
import java.util.Objects;
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

    /** What was asked for. */
    static CompilationChoice asked(Compilation compilation) {
        return new CompilationChoice(compilation, "as asked");
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
