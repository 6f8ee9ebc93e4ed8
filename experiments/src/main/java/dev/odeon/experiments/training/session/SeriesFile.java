package dev.odeon.experiments.training.session;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.odeon.datasets.AtomicFile;
import dev.odeon.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a folder remembers of a series of runs, as JSON: enough to go on with it.
 *
 * @param experiment its name
 * @param first seed
 * @param seeds how many there are
 * @param given the options of all runs that the user gave, without the seed
 * @param ended the exit codes of runs that have ended, by seed
 */
record SeriesFile(String experiment, long first, int seeds, Map<String, String> given, Map<Long, Integer> ended) {

    /** The file's name. */
    static final String NAME = "series.json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectReader COMPLETE = JSON.readerFor(SeriesFile.class)
            .with(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    SeriesFile {
        Objects.requireNonNull(experiment, "experiment");
        given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
        ended = Collections.unmodifiableMap(new TreeMap<>(ended));
    }

    /** Whether a folder holds a series. */
    static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(NAME));
    }

    /** Reads that of a folder. */
    static SeriesFile read(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            return COMPLETE.readValue(file.toFile());
        } catch (IOException | NullPointerException e) {
            throw DataException.of(
                    file, "is damaged", "what a series of runs is", "start a new one in another folder", e);
        }
    }

    void write(Path folder) {
        AtomicFile.write(
                folder.resolve(NAME),
                file -> JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this));
    }

    /** After the end of a run. */
    SeriesFile with(long seed, int exitCode) {
        Map<Long, Integer> more = new TreeMap<>(ended);
        more.put(seed, exitCode);
        return new SeriesFile(experiment, first, seeds, given, more);
    }

    /** Of so many seeds with further options, whose runs have all something left to do if there are such options. */
    SeriesFile goingOn(int all, Map<String, String> more) {
        Map<String, String> options = new LinkedHashMap<>(given);
        options.putAll(more);
        return new SeriesFile(experiment, first, all, options, more.isEmpty() ? ended : Map.of());
    }
}
