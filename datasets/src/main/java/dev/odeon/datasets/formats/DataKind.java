package dev.odeon.datasets.formats;

import dev.odeon.datasets.Parts;
import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.series.PhysioNet2012;
import dev.odeon.datasets.series.PlaneVibration;
import dev.odeon.datasets.series.Series;
import dev.odeon.datasets.series.Silverbox;
import dev.odeon.datasets.series.Walker2d;
import java.util.Objects;
import java.util.Optional;

/**
 * What a data set is once it is read: a graph, a series, images.
 *
 * <p>Who asks for a data set by name says with it which type to expect.
 *
 * @param <D> the type
 */
public final class DataKind<D> {

    /** A graph as it was stored; {@code GraphData.standard()} is the form that papers train on. */
    public static final DataKind<GraphData> GRAPH = new DataKind<>("a graph");

    /** One series. */
    public static final DataKind<Series> SERIES = new DataKind<>("a series");

    /** Images to train on and to test. */
    public static final DataKind<TrainAndTestImages> IMAGES = new DataKind<>("a set of images");

    /** Patients with a series each. */
    public static final DataKind<PhysioNet2012> PATIENTS = new DataKind<>("a set of patients");

    /** Windows of walks, with the steps that follow. */
    public static final DataKind<Parts<Walker2d>> WALKS = new DataKind<>("a set of walks");

    /** Windows of a shaken wing, with the samples that follow. */
    public static final DataKind<Parts<PlaneVibration>> VIBRATION = new DataKind<>("a set of vibrations");

    /** A series to train on, and one to forecast. */
    public static final DataKind<Silverbox> FORECAST = new DataKind<>("a series with a forecast");

    private final String title;

    /**
     * A further kind.
     *
     * @param title in messages, with its article
     */
    public DataKind(String title) {
        this.title = Objects.requireNonNull(title, "title");
    }

    /** {@return in messages, with its article} */
    public String title() {
        return title;
    }

    /**
     * Takes a format for one of this kind.
     *
     * @param format any format
     * @return the same, or empty if what it reads is of another kind
     */
    public Optional<DataFormat<D>> of(DataFormat<?> format) {
        if (!format.kind().equals(this)) {
            return Optional.empty();
        }
        // A format of this kind reads this type: its method kind() could not be compiled otherwise.
        @SuppressWarnings("unchecked")
        DataFormat<D> same = (DataFormat<D>) format;
        return Optional.of(same);
    }

    @Override
    public String toString() {
        return title;
    }
}
