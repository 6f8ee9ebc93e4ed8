package dev.odeon.experiments.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How a data set is read, counted and converted. */
public interface DataForm {
    /**
     * Reads the data and counts.
     *
     * @param files the files of the data set, in the order of the catalogue
     * @return the counts, in the order of printing
     */
    List<Fact> facts(List<Path> files);

    /**
     * Writes the data as Arrow tables.
     *
     * @param files the files of the data set, in the order of the catalogue
     * @param folder where the tables go
     */
    void convert(List<Path> files, Path folder);

    /**
     * The form of a data set.
     *
     * @param name its name in the catalogue
     * @return its form; that of a graph if the name says nothing else
     */
    static DataForm of(String name) {
        Map<String, DataForm> forms = Map.of(
                "ogbn-arxiv", new GraphForm(name, GraphForm.Counted.STORED),
                "walker2d", new WalkerForm(),
                "plane-vibration", new PlaneForm(),
                "silverbox", new SilverboxForm(),
                "physionet2012", new PatientsForm(),
                "mnist", new ImagesForm(ImagesForm.Kind.MNIST),
                "cifar10", new ImagesForm(ImagesForm.Kind.CIFAR10),
                "etth1", new CsvForm("date"),
                "etth2", new CsvForm("date"),
                "lynx-hare", new CsvForm("Year"));
        return forms.getOrDefault(name, new GraphForm(name, GraphForm.Counted.STANDARD));
    }
}
