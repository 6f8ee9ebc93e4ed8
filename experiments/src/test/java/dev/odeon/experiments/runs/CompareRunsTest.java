package dev.odeon.experiments.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.experiments.CommandLineFixture;
import dev.odeon.experiments.CommandLineFixture.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_ERR)
class CompareRunsTest {

    @TempDir
    private Path folder = Path.of("");

    /** A run as its training leaves it. */
    private Path run(String name, String experiment, String model, double loss, String ending) throws IOException {
        Path run = Files.createDirectories(folder.resolve(name));
        Files.writeString(
                run.resolve("settings.json"),
                "{\"experiment\": \"" + experiment + "\", \"model\": \"" + model
                        + "\", \"method\": \"dopri5\", \"epochs\": \"3\"}");
        Files.writeString(
                run.resolve("metrics.csv"),
                "epoch,trainLoss,validLoss,nfeForwardPerIteration,nfeBackwardPerIteration,seconds\n1,9,Infinity,10.0,20.0,2\n2,9,"
                        + loss + ",12.0,24.0,1.5\n");
        if (!ending.isEmpty()) {
            Files.writeString(
                    run.resolve("summary.json"),
                    "{\"outcome\": \"SUCCESS\", \"ending\": \"" + ending + "\", \"parameters\": 7, \"testError\": "
                            + 10 * loss + "}");
        }
        return run;
    }

    private Path series() throws IOException {
        run("many/seed-0", "waves", "hbnode", 0.1, "after epoch 2");
        run("many/seed-1", "waves", "hbnode", 0.3, "after epoch 2");
        run("many/seed-2", "waves", "hbnode", 100, "in epoch 3, iteration 1");
        Path many = folder.resolve("many");
        Files.writeString(
                many.resolve("series.json"),
                "{\"experiment\": \"waves\", \"first\": 0, \"seeds\": 3, \"given\": {}, \"ended\": {\"0\": 0, \"1\": 0, \"2\": 3}}");
        return many;
    }

    private Ended compare(Path... runs) {
        List<String> words = new java.util.ArrayList<>(List.of("compare"));
        for (Path run : runs) {
            words.add(run.toString());
        }
        words.addAll(List.of("--out", folder.resolve("out").toString()));
        return CommandLineFixture.run(words.toArray(String[]::new));
    }

    /** Of the seeds 0.1 and 0.3, whose deviation is the root of 0.02; the third one diverged. */
    @Test
    void figuresOfASeriesBesideThoseOfARun() throws IOException {
        Ended ended = compare(run("one", "waves", "node", 0.5, "after the last epoch"), series());
        assertThat(ended.code()).as(ended.complaint()).isZero();
        Path out = folder.resolve("out");
        List<String> table = Files.readAllLines(out.resolve("compare.csv"));
        assertThat(table.get(0))
                .isEqualTo("run,runs,epochs,parameters,parametersDeviation,testError,testErrorDeviation");
        assertThat(table.get(1)).isEqualTo("node,1,2,7.0,,5.0,");
        assertThat(table.get(2)).startsWith("hbnode,2,2,7.0,0.0,2.0,1.414");
        assertThat(ended.printed()).contains("2 +- 1.4");
        assertThat(List.of("loss.png", "nfe-forward.png", "nfe-backward.png"))
                .allSatisfy(picture -> assertThat(out.resolve(picture)).isNotEmptyFile());
    }

    @Test
    void refusesWhatCannotBeCompared() throws IOException {
        Path one = run("one", "waves", "node", 0.5, "");
        Path other = run("other", "digits", "node", 0.5, "");
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThat(compare(one, folder.resolve("nowhere")).complaint())
                .contains("nowhere holds no run: name the --out folder of an odeon train");
        assertThat(compare(empty).complaint()).contains("empty holds no run");
        assertThat(compare(one, other).complaint())
                .contains("other is one of digits")
                .contains("compare runs of one experiment");
        Files.writeString(one.resolve("metrics.csv"), "epoch,validLoss\n");
        assertThat(compare(one).complaint()).contains("one has no run with an epoch that counts");
        assertThat(compare(one).code()).isEqualTo(2);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void listsRunsByTime() throws IOException {
        Path late = run("a", "waves", "node", 0.5, "");
        Path early = run("b/c", "digits", "hbnode", 0.25, "after the last epoch");
        Files.setLastModifiedTime(early.resolve("metrics.csv"), FileTime.fromMillis(1_000_000));
        Files.writeString(Files.createDirectories(folder.resolve("editor")).resolve("settings.json"), "{\"tab\": 4}");
        Ended ended = CommandLineFixture.run("runs", folder.toString());
        assertThat(ended.code()).as(ended.complaint()).isZero();
        List<String> lines = ended.printed().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1).split(" {2,}"))
                .containsExactly(
                        folder.relativize(early).toString(),
                        "digits",
                        "hbnode",
                        "dopri5",
                        "2 of 3",
                        "finished",
                        "2.5000e-01",
                        "3.5");
        assertThat(lines.get(2)).startsWith(String.valueOf(late.getFileName())).contains("interrupted");
    }

    @Test
    void tellsOfNoRuns() {
        assertThat(CommandLineFixture.run("runs", folder.toString()).printed())
                .contains("no runs below " + folder + ": odeon train NAME --out FOLDER makes one");
        Ended ended = CommandLineFixture.run("runs", folder.resolve("nowhere").toString());
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.complaint()).contains("nowhere is no folder");
    }
}
