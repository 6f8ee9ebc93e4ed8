package dev.odeon.datasets.images;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.archives.TarFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Small photographs of ten kinds of things, 32 x 32 in colour: 50000 to train on, 10000 to test.
 *
 * <p>The binary version: five files {@code data_batch_1.bin}, ... and {@code test_batch.bin} of records of one label and
 * 3072 bytes, equally many in each; first all red bytes, then all green, then all blue. Here the three bytes of a pixel lie side by side.
 * Source: A. Krizhevsky, Learning multiple layers of features from tiny images, 2009.
 *
 * @param train the training images
 * @param test the test images
 */
public record Cifar10(ImageSet train, ImageSet test) {
    private static final int SIDE = 32;
    private static final int CHANNELS = 3;
    private static final int PLANE = SIDE * SIDE;
    private static final int RECORD = 1 + CHANNELS * PLANE;
    private static final int CLASSES = 10;
    private static final int TRAIN_FILES = 5;
    private static final int MOST_RECORDS = 10_000;
    private static final long MOST_BYTES = 1L << 28;
    private static final String TEST = "test_batch.bin";

    /**
     * Reads the archive, or a folder it was unpacked into.
     *
     * @param path the file {@code cifar-10-binary.tar.gz} or a folder of the .bin files
     * @return both sets
     * @throws DataException if a file is missing or damaged
     */
    public static Cifar10 read(Path path) {
        Map<String, byte[]> files = Files.isDirectory(path) ? folder(path) : archive(path);
        byte[][] train = new byte[TRAIN_FILES][];
        for (int i = 0; i < TRAIN_FILES; i++) {
            train[i] = file(path, files, "data_batch_" + (i + 1) + ".bin");
        }
        byte[] test = file(path, files, TEST);
        // Records are separate: only by the others is a file known that was cut between two of them.
        for (byte[] each : train) {
            if (each.length != test.length) {
                throw DataException.of(
                        path,
                        "files of " + each.length / RECORD + " and " + test.length / RECORD + " images",
                        "equally many in each",
                        "download it again");
            }
        }
        return new Cifar10(set(path, "cifar10 train", train), set(path, "cifar10 test", test));
    }

    private static Map<String, byte[]> archive(Path path) {
        Map<String, byte[]> files = new TreeMap<>();
        TarFile.visit(path, MOST_BYTES, (name, in) -> {
            if (name.endsWith(".bin")) {
                files.put(name, bytes(path, name, in));
            }
        });
        return files;
    }

    private static Map<String, byte[]> folder(Path path) {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i <= TRAIN_FILES; i++) {
            String name = i == 0 ? TEST : "data_batch_" + i + ".bin";
            try (InputStream in = Files.newInputStream(path.resolve(name))) {
                files.put(name, bytes(path, name, in));
            } catch (NoSuchFileException e) {
                // Named below, with the files that are there.
                files.remove(name);
            } catch (IOException e) {
                throw DataException.of(path.resolve(name), "cannot be read", "a file of images", "check it", e);
            }
        }
        return files;
    }

    private static byte[] bytes(Path path, String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_RECORDS * RECORD + 1);
        if (bytes.length == 0 || bytes.length > MOST_RECORDS * RECORD || bytes.length % RECORD != 0) {
            throw DataException.of(
                    path,
                    bytes.length + " bytes or more in " + name,
                    "records of " + RECORD + " bytes, at most " + MOST_RECORDS,
                    "download it again");
        }
        return bytes;
    }

    private static byte[] file(Path path, Map<String, byte[]> files, String name) {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw DataException.of(path, "files " + files.keySet(), name + " among them", "download it again");
        }
        return bytes;
    }

    private static ImageSet set(Path path, String name, byte[]... files) {
        int count = 0;
        for (byte[] file : files) {
            count += file.length / RECORD;
        }
        byte[] pixels = new byte[count * CHANNELS * PLANE];
        int[] labels = new int[count];
        int image = 0;
        for (byte[] file : files) {
            for (int at = 0; at < file.length; at += RECORD) {
                labels[image] = Byte.toUnsignedInt(file[at]);
                int target = image * CHANNELS * PLANE;
                for (int i = 0; i < CHANNELS * PLANE; i++) {
                    pixels[target + i % PLANE * CHANNELS + i / PLANE] = file[at + 1 + i];
                }
                image++;
            }
        }
        try {
            return new ImageSet(name, SIDE, SIDE, CHANNELS, pixels, labels, CLASSES);
        } catch (IllegalArgumentException e) {
            throw DataException.of(path, String.valueOf(e.getMessage()), "labels 0 to 9", "download it again", e);
        }
    }
}
