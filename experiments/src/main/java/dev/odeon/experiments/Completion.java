package dev.odeon.experiments;

import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete commands, options and their words. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Print a script by which bash and zsh complete commands, options and words.",
        footer = {"", "source <(./odeon completion) does it in this shell; in ~/.bashrc in every one."})
final class Completion implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            CommandLine root = spec.root().commandLine();
            System.out.println(AutoComplete.bash(root.getCommandName(), root));
        }
    }
}
