package dev.odeon.experiments.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An option of an experiment.
 *
 * @param name on the command line, without the two hyphens; also in settings.json and summary.json
 * @param help what it is for, without its default and without a full stop
 * @param standard its value if the user gives none
 * @param form how its text is kept
 * @param words that a shell offers for it; others may be right as well
 */
public record ExperimentOption(String name, String help, DefaultValue standard, Form form, List<String> words) {

    /** How a text is kept. */
    public enum Form {
        /** As it is. */
        TEXT {
            @Override
            public String kept(String text) {
                return text;
            }
        },
        /** A path, made absolute, so that the run can be resumed from another folder; none if it is empty. */
        PATH {
            @Override
            public String kept(String text) {
                return text.isEmpty()
                        ? text
                        : Path.of(text).toAbsolutePath().normalize().toString();
            }
        },
        /** Yes or no; yes if the option is given without a value. */
        FLAG {
            @Override
            public String kept(String text) {
                return text;
            }
        };

        /** The text as settings.json has it. */
        public abstract String kept(String text);
    }

    public ExperimentOption {
        Objects.requireNonNull(help, "help");
        Objects.requireNonNull(standard, "standard");
        Objects.requireNonNull(form, "form");
        words = List.copyOf(words);
        if (!name.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException(
                    "An option is called '" + name + "': use lower-case letters, digits and hyphens");
        }
    }

    /** An option that only this experiment has. */
    public static ExperimentOption of(String name, String help, DefaultValue standard) {
        return new ExperimentOption(name, help, standard, Form.TEXT, List.of());
    }

    /** The same with words that a shell offers. */
    public ExperimentOption withWords(Iterable<String> offered) {
        List<String> all = new ArrayList<>();
        offered.forEach(all::add);
        return new ExperimentOption(name, help, standard, form, all);
    }

    /** The name as it is typed. */
    public String flag() {
        return "--" + name;
    }

    /** The sentence in the help. */
    public String sentence() {
        return help + (standard.help().isEmpty() ? "." : "; default " + standard.help() + ".");
    }
}
