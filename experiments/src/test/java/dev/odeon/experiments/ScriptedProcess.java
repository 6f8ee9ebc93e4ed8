package dev.odeon.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.experiments.examples.ScriptedExperiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command line with the scripted experiment, in a process of its own, which can be sent signals. */
final class ScriptedProcess {

    private ScriptedProcess() {}

    public static void main(String[] arguments) {
        System.exit(Odeon.execute(List.of(new ScriptedExperiment()), arguments));
    }

    /** The words of a training of the scripted experiment. */
    static List<String> words(Path out, String... options) {
        List<String> words = new ArrayList<>(List.of("train", "scripted", "--out", out.toString()));
        words.addAll(List.of(options));
        return words;
    }

    static Process start(Path log, List<String> words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Dodeon.launcher=./odeon",
                "-cp",
                System.getProperty("java.class.path"),
                ScriptedProcess.class.getName()));
        command.addAll(words);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    static void await(Process process, Path log, String text) throws IOException, InterruptedException {
        while (process.isAlive() && !Files.readString(log).contains(text)) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(log).content().contains(text);
    }

    static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }
}
