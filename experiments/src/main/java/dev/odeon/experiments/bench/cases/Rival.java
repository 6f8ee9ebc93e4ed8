package dev.odeon.experiments.bench.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What another library takes for an iteration, as its script told.
 *
 * @param library with its version, device and number of threads
 * @param millis medians by case
 */
record Rival(String library, Map<String, Double> millis) {

    static final Rival NONE = new Rival("", Map.of());

    /**
     * Reads lines of JSON with {@code case}, {@code library}, {@code device}, {@code threads}, {@code dtype} and {@code
     * medianMs}.
     *
     * @throws IllegalArgumentException if a line is none, or has another number type
     */
    static Rival read(Path file, String dtype) {
        Map<String, Double> millis = new LinkedHashMap<>();
        String library = "";
        ObjectMapper json = new ObjectMapper();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.isBlank()) {
                    continue;
                }
                JsonNode told = json.readTree(line);
                for (String name : new String[] {"case", "library", "device", "threads", "dtype", "medianMs"}) {
                    if (!told.has(name)) {
                        throw new IllegalArgumentException("--against " + file + " has a line without '" + name
                                + "': give what torch_cases.py prints");
                    }
                }
                if (!told.get("dtype").asText().equals(dtype)) {
                    throw new IllegalArgumentException("--against " + file + " has figures of "
                            + told.get("dtype").asText() + ", not of " + dtype + ": give both sides one --dtype");
                }
                library =
                        told.get("library").asText() + ", " + told.get("device").asText() + ", "
                                + told.get("threads").asInt() + " threads";
                millis.put(told.get("case").asText(), told.get("medianMs").asDouble());
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--against " + file + " cannot be read as lines of JSON: give what torch_cases.py prints", e);
        }
        return new Rival(library, millis);
    }
}
