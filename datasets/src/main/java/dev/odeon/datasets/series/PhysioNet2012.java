package dev.odeon.datasets.series;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.NumpyRandom;
import dev.odeon.datasets.Parts;
import dev.odeon.datasets.archives.TarFile;
import dev.odeon.datasets.csv.CsvFormat;
import dev.odeon.datasets.csv.CsvTable;
import dev.odeon.datasets.series.Patient.End;
import dev.odeon.datasets.series.Patient.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The first 48 hours of stays in intensive care, irregularly sampled, and whether the patient died in hospital.
 *
 * <p>Set A has 4000 patients, of whom 554 died, and 41 channels. Several values of a channel in the same minute are
 * averaged; the code -1 for an unknown description counts as not observed. Source: I. Silva and others, Predicting
 * in-hospital mortality of ICU patients: the PhysioNet/Computing in cardiology challenge 2012, 2012.
 *
 * @param patients the patients, by ascending id
 */
public record PhysioNet2012(List<Patient> patients) {
    private static final long MOST_BYTES = 1L << 28;
    private static final int SPLIT_SEED = 42;
    private static final double TRAIN = 0.8;

    public PhysioNet2012 {
        patients = List.copyOf(patients);
    }

    /**
     * Reads the measurements and the outcomes.
     *
     * @param archive the archive {@code set-a.tar.xz} or {@code set-a.tar.gz} of one text file per patient
     * @param outcomes the table {@code Outcomes-a.txt}
     * @return all patients
     * @throws DataException if a file is missing or damaged, or they do not fit together
     */
    public static PhysioNet2012 read(Path archive, Path outcomes) {
        Map<Integer, Outcome> known = outcomes(outcomes);
        List<Patient> patients = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        TarFile.visit(archive, MOST_BYTES, (name, in) -> {
            Series series = PatientFile.read(archive, name, in);
            int id = Integer.parseInt(series.name());
            Outcome outcome = known.get(id);
            if (outcome == null || !seen.add(id)) {
                throw DataException.of(
                        archive,
                        "patient " + id + " in " + name,
                        "one per line of " + outcomes,
                        "use files of one set");
            }
            patients.add(new Patient(id, series, outcome));
        });
        if (patients.size() != known.size()) {
            throw DataException.of(
                    archive,
                    patients.size() + " patients",
                    known.size() + " as in " + outcomes,
                    "use files of one set");
        }
        patients.sort(Comparator.comparingInt(Patient::id));
        return new PhysioNet2012(patients);
    }

    /** {@return how many patients died in hospital} */
    public int deaths() {
        return (int) patients.stream()
                .filter(patient -> patient.outcome().end() == End.DIED)
                .count();
    }

    /**
     * Splits the patients: 80 % and 20 % as in Y. Rubanova, R. Chen, D. Duvenaud, Latent ODEs for irregularly-sampled time
     * series, 2019 (whose code takes scikit-learn's split with the seed 42), and the last patients of the former as
     * validation.
     *
     * @param validationShare share of the training patients that validate, from 0 to below 1
     * @return the parts
     */
    public Parts<PhysioNet2012> split(double validationShare) {
        if (!(validationShare >= 0 && validationShare < 1)) {
            throw new IllegalArgumentException("validationShare = " + validationShare + ": give 0 to below 1");
        }
        int[] order = new NumpyRandom(SPLIT_SEED).permutation(patients.size());
        int development = (int) (TRAIN * patients.size());
        int test = patients.size() - development;
        int train = test + development - (int) (validationShare * development);
        return new Parts<>(select(order, test, train), select(order, train, patients.size()), select(order, 0, test));
    }

    /**
     * Normalises all parts to [0, 1] by the range of the first.
     *
     * @param parts the parts
     * @return the parts, normalised
     */
    public static Parts<PhysioNet2012> normalised(Parts<PhysioNet2012> parts) {
        Normalisation range = Normalisation.range(
                parts.train().patients.stream().map(Patient::series).toList());
        return new Parts<>(
                parts.train().apply(range),
                parts.validation().apply(range),
                parts.test().apply(range));
    }

    private PhysioNet2012 apply(Normalisation normalisation) {
        return new PhysioNet2012(patients.stream()
                .map(patient -> new Patient(patient.id(), normalisation.apply(patient.series()), patient.outcome()))
                .toList());
    }

    private PhysioNet2012 select(int[] order, int from, int to) {
        return new PhysioNet2012(
                Arrays.stream(order, from, to).mapToObj(patients::get).toList());
    }

    private static Map<Integer, Outcome> outcomes(Path path) {
        CsvTable table = CsvTable.read(path, CsvFormat.standard());
        int[] id = whole(table, "RecordID");
        int[] saps1 = whole(table, "SAPS-I");
        int[] sofa = whole(table, "SOFA");
        int[] stay = whole(table, "Length_of_stay");
        int[] survival = whole(table, "Survival");
        int[] died = whole(table, "In-hospital_death");
        Map<Integer, Outcome> outcomes = new HashMap<>();
        for (int i = 0; i < id.length; i++) {
            if (died[i] != 0 && died[i] != 1) {
                throw DataException.of(path, "In-hospital_death " + died[i], "0 or 1", "download it again");
            }
            End end = died[i] == 1 ? End.DIED : End.SURVIVED;
            if (outcomes.put(id[i], new Outcome(saps1[i], sofa[i], stay[i], survival[i], end)) != null) {
                throw DataException.of(path, "RecordID " + id[i] + " twice", "one line each", "download it again");
            }
        }
        return outcomes;
    }

    private static int[] whole(CsvTable table, String column) {
        return Arrays.stream(table.column(column))
                .mapToInt(value -> {
                    if (value != (int) value) {
                        throw DataException.of(
                                table.path(),
                                value + " in column '" + column + "'",
                                "whole numbers",
                                "download it again");
                    }
                    return (int) value;
                })
                .toArray();
    }
}
