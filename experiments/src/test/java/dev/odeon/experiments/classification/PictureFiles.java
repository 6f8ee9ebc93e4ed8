package dev.odeon.experiments.classification;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Made-up pictures in the files of the data sets, a bright bar for each class. */
final class PictureFiles {

    private static final int CLASSES = 10;
    private static final int SIDE = 32;

    private PictureFiles() {}

    /** Writes the four files of MNIST, pictures of 10 x 10, into a folder. */
    static void mnist(Path folder, int train, int test) throws IOException {
        digits(folder, "train", train);
        digits(folder, "t10k", test);
    }

    private static void digits(Path folder, String part, int count) throws IOException {
        Random random = new Random(count);
        ByteBuffer pixels = ByteBuffer.allocate(16 + count * CLASSES * CLASSES);
        pixels.put(new byte[] {0, 0, 8, 3}).putInt(count).putInt(CLASSES).putInt(CLASSES);
        ByteBuffer labels = ByteBuffer.allocate(8 + count);
        labels.put(new byte[] {0, 0, 8, 1}).putInt(count);
        for (int i = 0; i < count; i++) {
            int label = i % CLASSES;
            labels.put((byte) label);
            for (int k = 0; k < CLASSES * CLASSES; k++) {
                pixels.put((byte) (k / CLASSES == label ? 200 + random.nextInt(50) : random.nextInt(50)));
            }
        }
        Files.write(folder.resolve(part + "-images-idx3-ubyte.gz"), packed(pixels.array()));
        Files.write(folder.resolve(part + "-labels-idx1-ubyte.gz"), packed(labels.array()));
    }

    /** Writes the archive of CIFAR-10, as many pictures in each of its six files. */
    static void cifar10(Path archive, int each) throws IOException {
        Random random = new Random(each);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        TarArchiveOutputStream tar = new TarArchiveOutputStream(packed);
        for (int file = 1; file <= 6; file++) {
            ByteArrayOutputStream records = new ByteArrayOutputStream();
            for (int i = 0; i < each; i++) {
                int label = (file * each + i) % CLASSES;
                records.write(label);
                for (int k = 0; k < 3 * SIDE * SIDE; k++) {
                    records.write(k % SIDE / 3 == label ? 200 + random.nextInt(50) : random.nextInt(50));
                }
            }
            String name = file == 6 ? "test_batch.bin" : "data_batch_" + file + ".bin";
            TarArchiveEntry entry = new TarArchiveEntry("cifar-10-batches-bin/" + name);
            entry.setSize(records.size());
            tar.putArchiveEntry(entry);
            tar.write(records.toByteArray());
            tar.closeArchiveEntry();
        }
        tar.close();
        Files.write(archive, packed(packed.toByteArray()));
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
