package dev.odeon.datasets.series;

import dev.odeon.datasets.DataException;
import java.nio.file.Path;
import java.util.List;

/**
 * An electronic circuit that behaves like a Duffing oscillator: input voltage V1, output voltage V2.
 *
 * <p>The rule of the code of H. Xia and others, Heavy ball neural ordinary differential equations, 2021, after A.
 * Norcliffe and others, On second order behaviour in augmented neural ODEs, 2020: both voltages are centred and multiplied
 * by 100; the first 1000 steps train, and the 3000 behind them are forecast. Unlike there, the mean is that of the steps
 * that train. Time counts steps from 0.
 *
 * <p>Source of the data: T. Wigren, J. Schoukens, Three free data sets for development and benchmarking in nonlinear
 * system identification, 2013.
 *
 * @param train the first 1000 steps
 * @param forecast the next 3000 steps
 */
public record Silverbox(Series train, Series forecast) {
    private static final PublishedTable TABLE = new PublishedTable(
            List.of("V1", "V2"), 131_072, new double[] {0.0057756, 0.0093978}, "use the file of the circuit");
    private static final double FACTOR = 100;
    private static final int TRAIN = 1000;
    private static final int FORECAST = 3000;

    /**
     * Reads the data.
     *
     * @param path the file {@code silverbox.csv}
     * @return the two stretches, channels V1 and V2
     * @throws DataException if the file is missing, damaged, too short or of other columns
     */
    public static Silverbox read(Path path) {
        Series all = complete(path);
        Series train = all.slice(0, TRAIN);
        Normalisation fitted = Normalisation.standard(List.of(train));
        Normalisation centred = new Normalisation(fitted.offset(), new double[] {1 / FACTOR, 1 / FACTOR});
        return new Silverbox(centred.apply(train), centred.apply(all.slice(TRAIN, TRAIN + FORECAST)));
    }

    /**
     * Reads all steps in volts.
     *
     * @param path the file {@code silverbox.csv}
     * @return channels V1 and V2
     * @throws DataException if the file is missing, damaged, too short or of other columns
     */
    public static Series complete(Path path) {
        return TABLE.read(path, TRAIN + FORECAST);
    }
}
