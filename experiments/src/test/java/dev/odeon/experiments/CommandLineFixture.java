package dev.odeon.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odeon.experiments.training.Experiment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs commands as a user would and tells what they printed. */
public final class CommandLineFixture {

    /**
     * How a command ended.
     *
     * @param code its exit code
     * @param complaint what it wrote to standard error
     * @param printed what it wrote to standard output
     */
    public record Ended(int code, String complaint, String printed) {}

    private CommandLineFixture() {}

    /** Runs one command. */
    public static Ended run(String... arguments) {
        return run(Experiments.all(), arguments);
    }

    /** The same with other experiments. */
    static Ended run(List<Experiment> experiments, String... arguments) {
        PrintStream errors = System.err;
        PrintStream output = System.out;
        ByteArrayOutputStream caught = new ByteArrayOutputStream();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(caught, true, StandardCharsets.UTF_8));
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            int code = Odeon.execute(experiments, arguments);
            return new Ended(code, caught.toString(StandardCharsets.UTF_8), printed.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(errors);
            System.setOut(output);
        }
    }

    /** The summary in a folder of results. */
    public static JsonNode summary(Path out) {
        try {
            return new ObjectMapper().readTree(out.resolve("summary.json").toFile());
        } catch (IOException e) {
            throw new AssertionError("no summary in " + out, e);
        }
    }
}
