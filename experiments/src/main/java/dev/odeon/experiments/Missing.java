package dev.odeon.experiments;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What is said of an option or word that is missing, and of a value that cannot be read: what it is for, and an example. */
final class Missing {

    /** What one may type for words and options that have no default to show. */
    private static final Map<String, String> EXAMPLES =
            Map.of("NAME", "cora", "FOLDER", "out/tables", "--out", "out/results", "--data", "data.arrow");

    private Missing() {}

    /** The message for what is missing. */
    static String message(MissingParameterException e) {
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        String command = spec.qualifiedName();
        String message = String.valueOf(e.getMessage());
        boolean value = message.contains(" for option");
        // Of several words picocli's message names all, its list the first.
        List<? extends ArgSpec> words = spec.positionalParameters().stream()
                .filter(word -> message.contains("'" + word.paramLabel() + "'"))
                .toList();
        List<? extends ArgSpec> missing = words.isEmpty() ? e.getMissing() : words;
        String what = missing.stream()
                .map(each -> label(each) + " (" + described(each) + ")")
                .collect(Collectors.joining(" and "));
        String example = missing.stream()
                .map(Missing::typed)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
        String typed = command + given(e, missing);
        return (value ? command + " needs a value behind " : command + " needs ")
                + what
                + (example.isEmpty() ? "" : ", for example: " + typed + " " + example);
    }

    /** What was given already, without that of which something is missing. */
    private static String given(MissingParameterException e, List<? extends ArgSpec> missing) {
        ParseResult parsed = e.getCommandLine().getParseResult();
        StringBuilder words = new StringBuilder();
        for (ArgSpec each : parsed.matchedArgs()) {
            if (missing.contains(each)) {
                continue;
            }
            if (each instanceof OptionSpec option) {
                words.append(' ').append(option.longestName());
            }
            if (each.isPositional() || each.arity().max() > 0) {
                each.originalStringValues().forEach(word -> words.append(' ').append(word));
            }
        }
        return words.toString();
    }

    /** The message for a value of the wrong type; that of the exception where it says enough. */
    static String unreadable(ParameterException e) {
        ArgSpec argument = e.getArgSpec();
        String message = String.valueOf(e.getMessage());
        if (argument == null || e.getValue() == null || !message.startsWith("Invalid value for")) {
            return message;
        }
        String wanted = message.endsWith("is not an int") || message.endsWith("is not a long")
                ? "a whole number"
                : message.endsWith("is not a double") ? "a number" : "";
        boolean large =
                wanted.equals("a whole number") && String.valueOf(e.getValue()).matches("[+-]?[0-9]+");
        return wanted.isEmpty()
                ? message
                : label(argument) + " is " + e.getValue() + (large ? ", which is too large" : "") + ": give " + wanted
                        + (large ? " of fewer digits" : "") + " (" + described(argument) + ")";
    }

    private static String label(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    /** The sentence of the help, as a part of another one. */
    private static String described(ArgSpec argument) {
        String text =
                String.join(" ", argument.description()).replace("%%", "%").strip();
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /** As one may type it; empty where nothing is known that would do. */
    private static String typed(ArgSpec argument) {
        String label = label(argument);
        String standard = argument.defaultValue() == null ? "" : argument.defaultValue();
        String value = EXAMPLES.getOrDefault(label, standard);
        if (value.isEmpty()) {
            return "";
        }
        return argument instanceof OptionSpec ? label + " " + value : value;
    }
}
