package dev.odeon.experiments.data;

import dev.odeon.datasets.arrow.ArrowTableWriter;
import dev.odeon.datasets.images.Cifar10;
import dev.odeon.datasets.images.ImageSet;
import dev.odeon.datasets.images.Mnist;
import dev.odeon.datasets.images.PixelNormalisation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tensorflow.types.TFloat32;

/**
 * Images to train on and to test.
 *
 * @param kind which
 */
record ImagesForm(Kind kind) implements DataForm {
    /** The data sets of images. */
    enum Kind {
        /** Digits. */
        MNIST,
        /** Photographs. */
        CIFAR10
    }

    private List<ImageSet> read(List<Path> files) {
        return switch (kind) {
            case MNIST -> {
                Mnist mnist = Mnist.read(files.get(0).toAbsolutePath().resolveSibling(""));
                yield List.of(mnist.train(), mnist.test());
            }
            case CIFAR10 -> {
                Cifar10 cifar = Cifar10.read(files.get(0));
                yield List.of(cifar.train(), cifar.test());
            }
        };
    }

    @Override
    public List<Fact> facts(List<Path> files) {
        List<ImageSet> sets = read(files);
        ImageSet train = sets.get(0);
        return List.of(
                new Fact("training images", train.count()),
                new Fact("test images", sets.get(1).count()),
                new Fact("height", train.height()),
                new Fact("width", train.width()),
                new Fact("channels", train.channels()),
                new Fact("classes", train.classes()));
    }

    @Override
    public void convert(List<Path> files, Path folder) {
        for (ImageSet set : read(files)) {
            try (TFloat32 images = set.images32(PixelNormalisation.unit(set.channels()))) {
                ArrowTableWriter.to(folder.resolve(set.name().replace(' ', '-') + ".arrow"))
                        .metadata(Map.of("name", set.name(), "classes", Integer.toString(set.classes())))
                        .tensor("image", images)
                        .int32("label", set.labels())
                        .write();
            }
        }
    }
}
