package dev.odeon.datasets.series;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.odeon.datasets.DataException;
import dev.odeon.datasets.csv.lines.CsvLines;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the measurements of one patient: lines of time, parameter and value. */
final class PatientFile {
    /** Age to ICUType describe the patient and stand at time 0; the others are measured. */
    static final List<String> CHANNELS = List.of(
            "Age",
            "Gender",
            "Height",
            "ICUType",
            "Weight",
            "ALP",
            "ALT",
            "AST",
            "Albumin",
            "BUN",
            "Bilirubin",
            "Cholesterol",
            "Creatinine",
            "DiasABP",
            "FiO2",
            "GCS",
            "Glucose",
            "HCO3",
            "HCT",
            "HR",
            "K",
            "Lactate",
            "MAP",
            "MechVent",
            "Mg",
            "NIDiasABP",
            "NIMAP",
            "NISysABP",
            "Na",
            "PaCO2",
            "PaO2",
            "Platelets",
            "RespRate",
            "SaO2",
            "SysABP",
            "Temp",
            "TroponinI",
            "TroponinT",
            "Urine",
            "WBC",
            "pH");

    private static final Map<String, Integer> INDEX = index();
    private static final int DESCRIPTIONS = 5;
    private static final int LAST_MINUTE = 48 * 60;

    private final Path archive;
    private final String member;
    private final TreeMap<Integer, double[]> sums = new TreeMap<>();
    private final TreeMap<Integer, int[]> counts = new TreeMap<>();
    private int id = -1;

    private PatientFile(Path archive, String member) {
        this.archive = archive;
        this.member = member;
    }

    /** Reads one member of an archive; its series is named by the RecordID. */
    static Series read(Path archive, String member, InputStream in) throws IOException {
        PatientFile file = new PatientFile(archive, member);
        CsvReader<CsvRecord> lines = CsvLines.of(in);
        try {
            for (CsvRecord line : lines) {
                file.line(line);
            }
        } catch (CsvParseException e) {
            throw file.wrong(String.valueOf(e.getMessage()), "lines of time, parameter and value");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return file.series();
    }

    private void line(CsvRecord line) {
        if (line.getFields().equals(List.of("Time", "Parameter", "Value"))) {
            return;
        }
        if (line.getFieldCount() != 3) {
            throw wrong(line.getFields() + " in line " + line.getStartingLineNumber(), "time, parameter and value");
        }
        int minute = minute(line.getField(0));
        String parameter = line.getField(1);
        double value = number(line.getField(2));
        if (parameter.equals("RecordID")) {
            id = (int) value;
            return;
        }
        Integer channel = INDEX.get(parameter);
        if (channel == null) {
            throw wrong("parameter '" + parameter + "'", "one of " + CHANNELS);
        }
        // -1 stands for what is not known about a patient.
        if (channel < DESCRIPTIONS && value < 0) {
            return;
        }
        sums.computeIfAbsent(minute, any -> new double[CHANNELS.size()])[channel] += value;
        counts.computeIfAbsent(minute, any -> new int[CHANNELS.size()])[channel]++;
    }

    private int minute(String time) {
        boolean formed = time.length() == 5 && time.charAt(2) == ':';
        int minute = formed ? 60 * digits(time, 0) + digits(time, 3) : -1;
        if (minute < 0 || minute > LAST_MINUTE) {
            throw wrong("time '" + time + "'", "hours and minutes up to 48:00");
        }
        return minute;
    }

    private static int digits(String text, int at) {
        int tens = text.charAt(at) - '0';
        int ones = text.charAt(at + 1) - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -100_000 : 10 * tens + ones;
    }

    private double number(String text) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw wrong("value '" + text + "'", "a number");
    }

    private Series series() {
        if (id < 0 || sums.isEmpty()) {
            throw wrong("no RecordID or no value", "the measurements of a patient");
        }
        double[] times =
                sums.keySet().stream().mapToDouble(minute -> minute / 60.0).toArray();
        double[] values = new double[times.length * CHANNELS.size()];
        Arrays.fill(values, Double.NaN);
        int next = 0;
        for (Map.Entry<Integer, double[]> row : sums.entrySet()) {
            int[] count = counts.getOrDefault(row.getKey(), new int[0]);
            for (int c = 0; c < CHANNELS.size(); c++) {
                if (count[c] > 0) {
                    values[next + c] = row.getValue()[c] / count[c];
                }
            }
            next += CHANNELS.size();
        }
        return new Series(Integer.toString(id), CHANNELS, times, values);
    }

    private DataException wrong(String found, String expected) {
        return DataException.of(archive, member + " with " + found, expected, "download the archive again");
    }

    private static Map<String, Integer> index() {
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < CHANNELS.size(); i++) {
            index.put(CHANNELS.get(i), i);
        }
        return index;
    }
}
