package dev.odeon.graph;

import dev.odeon.graph.runtime.Devices;
import dev.odeon.graph.runtime.LibDevice;
import java.util.Objects;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Who runs a graph function, and why.
 *
 * <p>On a GPU XLA, unless it lacks a file of CUDA's that the graph needs ({@link LibDevice}). On the CPU by measurements ({@code odeon bench compile}, docs/COMPILATION.md): XLA runs small
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

    private static final String WITHOUT_LIBDEVICE = "XLA finds no libdevice.10.bc";

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
        if (XlaDevice.current() == XlaDevice.GPU_WITHOUT_LIBDEVICE) {
            return executor(WITHOUT_LIBDEVICE).line();
        }
        return Devices.gpuPresent()
                ? gpu().line()
                : "XLA for states of up to " + SMALL + " numbers, " + SMALL_SINGLE + " in float32, " + SMALL_ITERATED
                        + " where steps iterate; otherwise the executor";
    }

    /**
     * Builds a body for who was chosen; for the executor if it turns out that XLA, chosen but not asked for, cannot compile one of
     * its operations.
     *
     * @param name of the function in the graph
     * @param arguments tensors of the surrounding graph that the body reads
     * @throws IllegalArgumentException if XLA was asked for, on a GPU, and lacks a file of CUDA's that an operation needs
     */
    public Compilation.Decided build(Ops tf, String name, Values arguments, GraphFunction.Body body) {
        if (compilation == Compilation.EXECUTOR) {
            return new Compilation.Decided(compilation.building(() -> body.apply(tf, arguments)), this);
        }
        GraphFunction function = compilation.building(() -> GraphFunction.define(tf, name, arguments.specs(), body));
        CompilationChoice possible = after(GraphFunction.graphOf(tf), function, XlaDevice.current());
        return possible.equals(this)
                ? new Compilation.Decided(function.callCompiled(tf, arguments), this)
                : possible.build(tf, name, arguments, body);
    }

    /** For whom XLA would compile. */
    enum XlaDevice {
        CPU,
        GPU,
        /** A GPU, but the file with NVIDIA's elementary functions is not where XLA looks. */
        GPU_WITHOUT_LIBDEVICE;

        static XlaDevice current() {
            if (!Devices.gpuPresent()) {
                return CPU;
            }
            return LibDevice.present() ? GPU : GPU_WITHOUT_LIBDEVICE;
        }
    }

    /**
     * This choice of XLA, or the executor if XLA cannot compile the function there.
     *
     * @throws IllegalArgumentException if XLA was asked for, and lacks a file of CUDA's
     */
    CompilationChoice after(Graph graph, GraphFunction function, XlaDevice device) {
        boolean asked = reason.equals(ASKED);
        if (device == XlaDevice.CPU && !asked) {
            Set<String> missing = XlaKernels.missing(graph, function);
            return missing.isEmpty() ? this : executor("XLA has no kernel for " + missing);
        }
        if (device == XlaDevice.GPU_WITHOUT_LIBDEVICE) {
            Set<String> needing = XlaKernels.needingLibDevice(graph, function);
            if (!needing.isEmpty() && asked) {
                throw new IllegalArgumentException("XLA finds no libdevice.10.bc, which " + needing + " need on a GPU: "
                        + LibDevice.remedy() + ", or choose the executor");
            }
            return needing.isEmpty() ? this : executor(WITHOUT_LIBDEVICE + ": " + LibDevice.remedy());
        }
        return this;
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
