package dev.odeon.datasets.dynamics;

import dev.odeon.datasets.DatasetsVersion;
import dev.odeon.datasets.RowTensors;
import dev.odeon.datasets.Seeds;
import dev.odeon.datasets.arrow.ArrowTableWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * N points in the plane, each of a class.
 *
 * @param points x and y of each point, of length 2 N; not copied
 * @param labels class of each point, of length N; not copied
 * @param metadata how they were drawn, as written to files
 */
@SuppressWarnings("ArrayRecordComponent") // Bulk data: a defensive copy of every access would double the memory.
public record PointCloud(double[] points, int[] labels, Map<String, String> metadata) {
    public PointCloud {
        if (points.length != 2L * labels.length) {
            throw new IllegalArgumentException(
                    points.length + " coordinates and " + labels.length + " labels: give two per label");
        }
        metadata = Map.copyOf(metadata);
    }

    /**
     * A disc inside an annulus, which no flow in the plane can pull apart.
     *
     * <p>40 points uniform in the disc of radius 0.5 (class 0), 80 in the annulus from 0.85 to 1 (class 1). Source: H. Xia,
     * V. Suliafu, H. Ji and others, Heavy ball neural ordinary differential equations, 2021.
     *
     * @param seed chooses the points
     * @return 120 points, the disc first
     */
    public static PointCloud discAndAnnulus(long seed) {
        return discAndAnnulus(40, 80, 0.5, 0.85, 1, seed);
    }

    /**
     * A disc inside an annulus.
     *
     * @param inner points in the disc, 0 or more
     * @param outer points in the annulus, 0 or more
     * @param disc radius of the disc, positive
     * @param from inner radius of the annulus, at least {@code disc}
     * @param to outer radius of the annulus, above {@code from}
     * @param seed chooses the points
     * @return the points, uniform by area, the disc first
     */
    public static PointCloud discAndAnnulus(int inner, int outer, double disc, double from, double to, long seed) {
        if (inner < 0 || outer < 0 || !(disc > 0 && from >= disc && to > from) || Double.isInfinite(to)) {
            throw new IllegalArgumentException(inner + " and " + outer + " points, radii " + disc + ", " + from + ", "
                    + to + ": give 0 or more points and radii 0 < disc <= from < to");
        }
        Random random = Seeds.random(seed, 0);
        double[] points = new double[2 * (inner + outer)];
        int[] labels = new int[inner + outer];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i < inner ? 0 : 1;
            double least = i < inner ? 0 : from * from;
            double most = i < inner ? disc * disc : to * to;
            // The area grows with the square of the radius.
            double radius = Math.sqrt(least + (most - least) * random.nextDouble());
            put(points, i, radius, 2 * Math.PI * random.nextDouble());
        }
        return new PointCloud(
                points,
                labels,
                metadata(
                        "disc of radius " + disc + " with " + inner + " points, annulus from " + from + " to " + to
                                + " with " + outer,
                        seed));
    }

    /**
     * Spirals that wind into each other, one per class.
     *
     * @param arms number of spirals, 1 or more
     * @param perArm points per spiral, 1 or more
     * @param turns how often each winds around the middle, positive
     * @param noise deviation of the normal noise on each coordinate, 0 or more; the radius ends at 1
     * @param seed chooses the points
     * @return the points, spiral by spiral
     */
    public static PointCloud spirals(int arms, int perArm, double turns, double noise, long seed) {
        if (arms < 1 || perArm < 1 || !(turns > 0) || !(noise >= 0) || Double.isInfinite(turns + noise)) {
            throw new IllegalArgumentException("arms = " + arms + ", perArm = " + perArm + ", turns = " + turns
                    + ", noise = " + noise + ": give 1 or more, 1 or more, a positive number, 0 or more");
        }
        Random random = Seeds.random(seed, 0);
        int count = Math.multiplyExact(arms, perArm);
        double[] points = new double[2 * count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i / perArm;
            double along = Math.sqrt(random.nextDouble());
            put(points, i, along, 2 * Math.PI * (turns * along + (double) labels[i] / arms));
            points[2 * i] += noise * random.nextGaussian();
            points[2 * i + 1] += noise * random.nextGaussian();
        }
        String text = arms + " spirals of " + perArm + " points, turns " + turns + ", noise " + noise;
        return new PointCloud(points, labels, metadata(text, seed));
    }

    /** {@return the points, of shape [N, 2], to be closed by the caller} */
    public TFloat32 points32() {
        return RowTensors.float32(Shape.of(labels.length, 2), this::row);
    }

    /** {@return the points, of shape [N, 2], to be closed by the caller} */
    public TFloat64 points64() {
        return RowTensors.float64(Shape.of(labels.length, 2), this::row);
    }

    /** {@return the classes, of shape [N], to be closed by the caller} */
    public TInt32 labelTensor() {
        return TInt32.vectorOf(labels);
    }

    /**
     * Writes an Arrow file: {@code x} fixed-size list of two float64, {@code label} int32.
     *
     * @param path the file
     * @throws dev.odeon.datasets.DataException if it cannot be written
     */
    public void write(Path path) {
        ArrowTableWriter.to(path)
                .metadata(metadata)
                .float64("x", points, 2)
                .int32("label", labels)
                .write();
    }

    private void row(int row, double[] target) {
        System.arraycopy(points, 2 * row, target, 0, 2);
    }

    private static void put(double[] points, int i, double radius, double angle) {
        points[2 * i] = radius * Math.cos(angle);
        points[2 * i + 1] = radius * Math.sin(angle);
    }

    private static Map<String, String> metadata(String equation, long seed) {
        return Map.of("equation", equation, "seed", Long.toString(seed), "version", DatasetsVersion.current());
    }
}
