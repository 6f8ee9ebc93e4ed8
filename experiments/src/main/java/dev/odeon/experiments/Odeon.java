package dev.odeon.experiments;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.DatasetsVersion;
import dev.odeon.datasets.Printable;
import dev.odeon.experiments.bench.Bench;
import dev.odeon.experiments.kernel.KernelCommand;
import dev.odeon.experiments.methods.MethodsCommand;
import dev.odeon.experiments.runs.CompareCommand;
import dev.odeon.experiments.runs.RunsCommand;
import dev.odeon.experiments.serving.Export;
import dev.odeon.experiments.serving.Predict;
import dev.odeon.experiments.solve.Solve;
import dev.odeon.experiments.training.Experiment;
import dev.odeon.experiments.training.session.TrainingSession;
import dev.odeon.graph.runtime.Devices;
import dev.odeon.graph.runtime.Gpus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The root of the command line.
 *
 * <p>A new command is one class and one entry in the list of subcommands; those of {@code train} are made from the list in
 * {@link Experiments}. Bad input (an {@link IllegalArgumentException}, a {@link DataException}, an unknown option) ends with
 * exit code 2, a training that diverged with 3, one whose prediction alone failed with 4, one that a signal ended early with 128
 * and its number, any other failure with 1; in each case the user sees one line, and the stack trace only with {@code --debug}.
 */
@Command(
        name = "odeon",
        mixinStandardHelpOptions = true,
        versionProvider = Odeon.Version.class,
        description = "Stiff neural ODEs on TensorFlow's computation graph.",
        footer = {
            "",
            "./odeon help COMMAND is ./odeon COMMAND --help.",
            "./odeon classpath prints the class path, for other programs."
        },
        subcommands = {
            Doctor.class,
            DataCommand.class,
            Train.class,
            RunsCommand.class,
            CompareCommand.class,
            Predict.class,
            Solve.class,
            Bench.class,
            MethodsCommand.class,
            KernelCommand.class,
            Completion.class
        })
public final class Odeon implements Runnable {

    /** The system property by which the launcher says that someone may be looking: progress bars are worth drawing. */
    static final String TERMINAL = TrainingSession.TERMINAL;

    private static final String DEBUG = "--debug";
    private static final String DETERMINISTIC = "TF_DETERMINISTIC_OPS";
    private static final int FAILURE = 1;
    private static final int BAD_INPUT = 2;

    /** The version of the build, as it also stands in data files. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"odeon " + DatasetsVersion.current()};
        }
    }

    @Option(names = DEBUG, scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean debug;

    @Option(
            names = "--gpu",
            paramLabel = "NUMBER",
            scope = ScopeType.INHERIT,
            description = "Use this GPU alone, counted from 0.")
    void see(int gpu) {
        try {
            Gpus.see(gpu);
            // Said now, before anything runs on the CPU.
            Devices.all();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw refused(e.getMessage());
        }
    }

    /** TensorFlow reads it from the environment, which only the launcher can still change. */
    @Option(
            names = "--deterministic",
            scope = ScopeType.INHERIT,
            description = "Equal bits from equal runs on a GPU, too, where some operations are slower for it.")
    void requireDeterministic(boolean wanted) {
        if (wanted && !"1".equals(System.getenv(DETERMINISTIC))) {
            throw refused("--deterministic was given, but " + DETERMINISTIC + " is " + System.getenv(DETERMINISTIC)
                    + ": set it to 1 before Java starts");
        }
    }

    private CommandLine.ParameterException refused(@Nullable String message) {
        CommandLine command = spec == null ? new CommandLine(this) : spec.commandLine();
        return new CommandLine.ParameterException(command, String.valueOf(message));
    }

    @Spec
    private @Nullable CommandSpec spec;

    /** Starts the command line. */
    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs one command; 0 for success, 2 for bad input, 1 for any other failure. */
    static int execute(String... arguments) {
        return execute(Experiments.all(), arguments);
    }

    /** The same with other experiments. */
    static int execute(List<Experiment> experiments, String... arguments) {
        Odeon root = new Odeon();
        CommandLine line = new CommandLine(root);
        Train.add(experiments, line);
        line.addSubcommand(new Export(experiments));
        // "bench --gradient adjoint" names a gradient, not the command "bench adjoint".
        line.setAllowSubcommandsAsOptionParameters(true);
        line.setParameterExceptionHandler((e, given) -> {
            // The option may not have been read yet when another one is wrong.
            return report(e, Arrays.asList(given).contains(DEBUG), e.getCommandLine());
        });
        line.setExecutionExceptionHandler((e, command, result) -> report(e, root.debug, command));
        try {
            return line.execute(helped(line, arguments));
        } catch (LinkageError | OutOfMemoryError | StackOverflowError e) {
            return report(e, root.debug, line);
        }
    }

    /** {@code help train ks} is {@code train ks --help}: at any depth, which a command of its own would not be. */
    private static String[] helped(CommandLine line, String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals("help")) {
            return arguments;
        }
        List<String> words = new ArrayList<>(Arrays.asList(arguments).subList(1, arguments.length));
        // With --help behind them unknown words would pass.
        if (known(line, words)) {
            words.add("--help");
        }
        return words.toArray(String[]::new);
    }

    private static boolean known(CommandLine line, List<String> words) {
        CommandLine command = line;
        for (String word : words) {
            command = command.getSubcommands().get(word);
            if (command == null) {
                return false;
            }
        }
        return true;
    }

    private static int report(Throwable e, boolean debug, CommandLine command) {
        PrintWriter out = command.getErr();
        if (debug) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            trace.toString()
                    .lines()
                    .map(line ->
                            line.startsWith("\t") ? "\t" + Printable.line(line.substring(1)) : Printable.line(line))
                    .forEach(out::println);
        }
        boolean badInput = e instanceof IllegalArgumentException
                || e instanceof DataException
                || e instanceof CommandLine.ParameterException;
        String message =
                e instanceof CommandLine.ParameterException mistyped ? oneLine(Mistyped.message(mistyped)) : oneLine(e);
        out.println("odeon: " + (badInput || debug ? message : message + " (run again with --debug to see where)"));
        out.flush();
        return badInput ? BAD_INPUT : FAILURE;
    }

    /** The message on one line; for exceptions of the Java library, which may say only a file name, with their kind. */
    static String oneLine(Throwable e) {
        String kind = e.getClass().getSimpleName();
        String message = e.getMessage() == null ? "" : oneLine(e.getMessage());
        if (message.isEmpty()) {
            return kind;
        }
        boolean bare = e instanceof java.io.IOException || e instanceof Error;
        return bare ? kind + ": " + message : message;
    }

    private static String oneLine(String text) {
        return Printable.line(text).strip().replaceAll("\\s+", " ");
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(System.out);
        }
    }
}
