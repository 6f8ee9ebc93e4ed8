package dev.odeon.experiments;

import dev.odeon.datasets.DataException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of the command line. */
@Command(
        name = "odeon",
        mixinStandardHelpOptions = true,
        version = "odeon 0.1.0",
        description = "Stiff neural ODEs on TensorFlow's computation graph.",
        subcommands = {Doctor.class, Train.class})
public final class Odeon implements Runnable {

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean debug;

    @CommandLine.Spec
    private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    /** Starts the command line. */
    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs one command; 0 for success, 2 for bad input, 1 for any other failure. */
    static int execute(String... arguments) {
        Odeon root = new Odeon();
        CommandLine line = new CommandLine(root);
        line.setParameterExceptionHandler((e, given) -> {
            e.getCommandLine().getErr().println("odeon: " + e.getMessage());
            return 2;
        });
        line.setExecutionExceptionHandler((e, command, result) -> {
            if (root.debug) {
                e.printStackTrace(command.getErr());
            }
            boolean badInput = e instanceof IllegalArgumentException || e instanceof DataException;
            command.getErr()
                    .println("odeon: " + e.getMessage() + (badInput || root.debug ? "" : " (--debug shows where)"));
            return badInput ? 2 : 1;
        });
        return line.execute(arguments);
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(System.out);
        }
    }
}
