package dev.odeon.experiments;

import dev.odeon.datasets.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of a command or an option that there is not: the nearest, and where the others are listed. */
final class Mistyped {

    private static final String OPTION = "-";

    private Mistyped() {}

    /** The message for what could not be read; that of the exception where nothing is mistyped. */
    static String message(ParameterException e) {
        CommandLine command = e.getCommandLine();
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String given = unmatched.getUnmatched().get(0);
            return given.startsWith(OPTION)
                    ? option(command, given, value(unmatched.getUnmatched()))
                    : word(command, given);
        }
        if (!commands(command).isEmpty() && lacksCommand(e)) {
            return name(command) + " does nothing by itself: give one of " + listed(commands(command));
        }
        if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return Missing.message(missing);
        }
        return Missing.unreadable(e);
    }

    /** Picocli has no class of its own for it. */
    private static boolean lacksCommand(ParameterException e) {
        return String.valueOf(e.getMessage()).startsWith("Missing required subcommand");
    }

    /** What was meant as the option's value, if anything: nobody else takes it either. */
    private static String value(List<String> unmatched) {
        boolean there = unmatched.size() > 1 && !unmatched.get(1).startsWith(OPTION);
        return there ? " " + unmatched.get(1) : "";
    }

    private static String option(CommandLine command, String given, String value) {
        String option = given.replaceFirst("=.*", "");
        Collection<String> known = command.getCommandSpec().optionsMap().keySet();
        List<String> below = command.getSubcommands().entrySet().stream()
                .filter(entry -> entry.getValue().getCommandSpec().optionsMap().containsKey(option))
                .map(Map.Entry::getKey)
                .toList();
        return below.isEmpty()
                ? "Unknown option " + given + value + Nearest.hint(option, known) + ": " + name(command)
                        + " --help lists them all"
                : "Unknown option " + given + value + " of " + name(command) + ": give it behind the command, "
                        + listed(below) + " knows it";
    }

    private static String word(CommandLine command, String given) {
        Collection<String> known = commands(command);
        return known.isEmpty()
                ? name(command) + " takes no word '" + given + "': leave it out, or give an option; " + name(command)
                        + " --help lists them all"
                : name(command) + " has no command '" + given + "'" + Nearest.hint(given, known) + ": choose one of "
                        + listed(known);
    }

    private static Collection<String> commands(CommandLine command) {
        return command.getSubcommands().keySet();
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    private static String listed(Collection<String> names) {
        return String.join(", ", names);
    }
}
