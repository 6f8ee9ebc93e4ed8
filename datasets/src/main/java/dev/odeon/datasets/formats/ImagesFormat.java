package dev.odeon.datasets.formats;

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
 * @param source which
 */
public record ImagesFormat(Source source) implements DataFormat<TrainAndTestImages> {
    /** The data sets of images. */
    public enum Source {
        /** Digits. */
        MNIST,
        /** Photographs. */
        CIFAR10
    }

    @Override
    public DataKind<TrainAndTestImages> kind() {
        return DataKind.IMAGES;
    }

    @Override
    public TrainAndTestImages read(List<Path> files) {
        return switch (source) {
            case MNIST -> {
                Mnist mnist = Mnist.read(files.get(0).toAbsolutePath().resolveSibling(""));
                yield new TrainAndTestImages(mnist.train(), mnist.test());
            }
            case CIFAR10 -> {
                Cifar10 cifar = Cifar10.read(files.get(0));
                yield new TrainAndTestImages(cifar.train(), cifar.test());
            }
        };
    }

    @Override
    public List<Fact> facts(List<Path> files) {
        TrainAndTestImages sets = read(files);
        ImageSet train = sets.train();
        return List.of(
                new Fact("training images", train.count()),
                new Fact("test images", sets.test().count()),
                new Fact("height", train.height()),
                new Fact("width", train.width()),
                new Fact("channels", train.channels()),
                new Fact("classes", train.classes()));
    }

    @Override
    public void convert(List<Path> files, Path folder) {
        TrainAndTestImages sets = read(files);
        for (ImageSet set : List.of(sets.train(), sets.test())) {
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
