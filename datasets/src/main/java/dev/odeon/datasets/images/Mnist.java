package dev.odeon.datasets.images;

import dev.odeon.datasets.DataException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Handwritten digits, 28 x 28 grey: 60000 to train on, 10000 to test.
 *
 * <p>Source: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, Gradient-based learning applied to document recognition, 1998.
 *
 * @param train the training images
 * @param test the test images
 */
public record Mnist(ImageSet train, ImageSet test) {
    private static final int CLASSES = 10;

    /**
     * Reads the four files.
     *
     * @param folder the folder of {@code train-images-idx3-ubyte.gz} and so on, or of the same files unpacked
     * @return both sets
     * @throws DataException if a file is missing or damaged, or images and labels do not fit together
     */
    public static Mnist read(Path folder) {
        return new Mnist(set(folder, "train"), set(folder, "t10k"));
    }

    private static ImageSet set(Path folder, String part) {
        Path images = file(folder, part + "-images-idx3-ubyte");
        Path labels = file(folder, part + "-labels-idx1-ubyte");
        IdxFile pixels = IdxFile.read(images);
        IdxFile classes = IdxFile.read(labels);
        if (pixels.extents().length != 3 || classes.extents().length != 1) {
            throw DataException.of(
                    images,
                    pixels.extents().length + " extents, and " + classes.extents().length + " of the labels",
                    "3 and 1",
                    "download them again");
        }
        int[] numbers = new int[classes.bytes().length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Byte.toUnsignedInt(classes.bytes()[i]);
            if (numbers[i] >= CLASSES) {
                throw DataException.of(
                        labels, "label " + numbers[i] + " of image " + i, "labels 0 to 9", "download it again");
            }
        }
        try {
            return new ImageSet(
                    "mnist " + part, pixels.extents()[1], pixels.extents()[2], 1, pixels.bytes(), numbers, CLASSES);
        } catch (IllegalArgumentException e) {
            throw DataException.of(
                    images,
                    e.getMessage() + ", in " + labels.getFileName(),
                    "images and labels of one set",
                    "download them again",
                    e);
        }
    }

    private static Path file(Path folder, String name) {
        Path packed = folder.resolve(name + ".gz");
        return Files.isRegularFile(packed) ? packed : folder.resolve(name);
    }
}
