package dev.odeon.models.training.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model of one number, which its checkpoints hold as a text. */
abstract class OneNumber implements Trainable {

    static final int BATCHES = 3;

    double value;
    int iterations;

    @Override
    public final int batches() {
        return BATCHES;
    }

    @Override
    public final void save(Path prefix) {
        write(file(prefix), String.valueOf(value));
    }

    @Override
    public final void restore(Path prefix) {
        try {
            value = Double.parseDouble(Files.readString(file(prefix)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(Path prefix) {
        return Path.of(prefix + ".txt");
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
