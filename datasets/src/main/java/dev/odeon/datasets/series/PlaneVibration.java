package dev.odeon.datasets.series;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.NumpyRandom;
import dev.odeon.datasets.Parts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The vibration of an aircraft whose wing is shaken: force, voltage and three accelerations, 400 times a second.
 *
 * <p>The rule of H. Xia and others, Heavy ball neural ordinary differential equations, 2021, with the generator and seed
 * of its code: the last 100 rows are left out, a tenth of the others is dropped, the first half of the rest trains, the
 * next quarter validates, the last quarter tests. Each part is cut into separate segments of 65 times: 64 are the input,
 * the last 64 the target, and from the last time on 8 consecutive rows of the full data are to be forecast. Unlike there,
 * the normalisation is fitted on the rows that train. Time counts rows from 0.
 *
 * <p>Source of the data: J.-P. Noel, M. Schoukens, F-16 aircraft benchmark based on ground vibration test data, 2017.
 *
 * @param inputs windows of 64 times
 * @param targets the same windows, one kept time later
 * @param forecast windows of 8 consecutive rows that begin with the last target
 */
public record PlaneVibration(Windows inputs, Windows targets, Windows forecast) {
    private static final PublishedTable TABLE = new PublishedTable(
            List.of("Force", "Voltage", "Acceleration1", "Acceleration2", "Acceleration3"),
            73_728,
            new double[] {0.95714, -0.00045788, -0.018392, -0.049607, -0.046328},
            "use the file of the aircraft");
    private static final int LEFT_OUT = 100;
    private static final double KEEP = 0.9;
    private static final int SEED = 1;
    private static final int LENGTH = 64;
    private static final int FORECAST = 8;

    /**
     * Reads the data.
     *
     * @param path the file {@code plane_vibration.csv}
     * @return the windows of each part
     * @throws DataException if the file is missing, damaged, too short or of other columns
     */
    public static Parts<PlaneVibration> read(Path path) {
        Series all = complete(path);
        int usable = all.length() - LEFT_OUT;
        int kept = (int) (usable * KEEP);
        NumpyRandom random = new NumpyRandom(SEED);
        // The paper's code draws noise of weight 0 first: the numbers must be drawn for its choice to come out.
        for (int i = 0; i < all.values().length; i++) {
            random.nextGaussian();
        }
        int[] rows = IrregularSampling.exactly(usable, kept, random);
        int train = kept / 2;
        int validation = kept / 4;
        Normalisation normalisation = Normalisation.standard(List.of(all.select(Arrays.copyOf(rows, train))));
        Series normal = normalisation.apply(all);
        return new Parts<>(
                part(normal, Arrays.copyOfRange(rows, 0, train)),
                part(normal, Arrays.copyOfRange(rows, train, train + validation)),
                part(normal, Arrays.copyOfRange(rows, train + validation, kept)));
    }

    /**
     * Reads all rows, regularly sampled and in their own units.
     *
     * @param path the file {@code plane_vibration.csv}
     * @return five channels
     * @throws DataException if the file is missing, damaged, too short or of other columns
     */
    public static Series complete(Path path) {
        return TABLE.read(path, LEFT_OUT + 8 * (LENGTH + 1));
    }

    private static PlaneVibration part(Series all, int[] rows) {
        Series kept = all.select(rows);
        Windows segments = Windows.of(List.of(kept), WindowRule.separate(LENGTH + 1));
        int[] first = segments.start();
        int[] owner = segments.owner();
        int[] last = Arrays.stream(first).map(start -> rows[start + LENGTH]).toArray();
        return new PlaneVibration(
                new Windows(List.of(kept), owner, first, LENGTH),
                new Windows(
                        List.of(kept),
                        owner,
                        Arrays.stream(first).map(start -> start + 1).toArray(),
                        LENGTH),
                new Windows(List.of(all), owner, last, FORECAST));
    }
}
