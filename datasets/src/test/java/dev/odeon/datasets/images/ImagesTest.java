package dev.odeon.datasets.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Fuzz;
import dev.odeon.datasets.TestData;
import dev.odeon.datasets.archives.CompressedFile;
import dev.odeon.datasets.archives.TarBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

class ImagesTest {
    private static final int RECORD = 3073;

    @TempDir
    Path folder;

    private static byte[] idx(int... extents) {
        int size = Arrays.stream(extents).reduce(1, (a, b) -> a * b);
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * extents.length + size);
        bytes.putInt(0x0800 + extents.length);
        Arrays.stream(extents).forEach(bytes::putInt);
        for (int i = 0; i < size; i++) {
            bytes.put((byte) (i % 10));
        }
        return bytes.array();
    }

    private void writeMnist(byte[] images, byte[] labels) throws IOException {
        for (String part : new String[] {"train", "t10k"}) {
            Files.write(folder.resolve(part + "-images-idx3-ubyte.gz"), images);
            Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "train-images-idx3-ubyte.gz, 6bbc9ace898e44ae57da46a324031adb",
        "train-labels-idx1-ubyte.gz, a25bea736e30d166cdddb491f175f624",
        "t10k-images-idx3-ubyte.gz, 2646ac647ad5339dbf082846283269ea",
        "t10k-labels-idx1-ubyte.gz, 27ae3e4e09519cfbb04c329615203637",
    })
    void theRealFilesHaveTheOfficialChecksums(String file, String md5) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("MD5");
        CompressedFile.read(TestData.require("mnist/" + file), 1 << 26, in -> {
            digest.update(in.readAllBytes());
            return digest;
        });
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(md5);
    }

    @Test
    void realDigitsHaveTheKnownCountsAndMean() {
        Mnist mnist = Mnist.read(TestData.requireFolder("mnist", "t10k-images-idx3-ubyte.gz"));
        assertThat(mnist.train().count()).isEqualTo(60_000);
        assertThat(mnist.train().perClass())
                .containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
        assertThat(mnist.test().perClass()).containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
        PixelNormalisation standard = PixelNormalisation.standard(mnist.train());
        assertThat(standard.mean()[0]).isCloseTo(0.1307, within(5e-5));
        assertThat(standard.deviation()[0]).isCloseTo(0.3081, within(5e-5));
        try (TFloat32 images = mnist.test().slice(0, 100).images32(standard)) {
            assertThat(images.shape()).isEqualTo(Shape.of(100, 28, 28, 1));
        }
    }

    @Test
    void readsImagesPackedOrNot() throws IOException {
        writeMnist(TarBuilder.gzip(idx(3, 2, 2)), idx(3));
        ImageSet train = Mnist.read(folder).train();
        assertThat(train.labels()).containsExactly(0, 1, 2);
        try (TFloat64 images = train.images64(PixelNormalisation.unit(1));
                TInt32 labels = train.labelTensor()) {
            assertThat(images.getDouble(2, 0, 1, 0)).isEqualTo(9 / 255.0);
            assertThat(labels.getInt(2)).isEqualTo(2);
        }
        assertThat(train.select(new int[] {2, 0}).pixels()).containsExactly(8, 9, 0, 1, 0, 1, 2, 3);
    }

    @Test
    void filesThatDoNotFitAreRefused() throws IOException {
        writeMnist(TarBuilder.gzip(idx(3, 2, 2)), idx(4));
        assertRefused("12 bytes and 4 labels");
        writeMnist(TarBuilder.gzip(idx(3, 2, 2)), idx(3, 1));
        assertRefused("3 extents, and 2 of the labels");
        writeMnist(TarBuilder.gzip(idx(11, 2, 2)), idx(12));
        assertRefused("12 labels");
        byte[] hostile = idx(3);
        ByteBuffer.wrap(hostile).putInt(4, Integer.MAX_VALUE);
        writeMnist(TarBuilder.gzip(idx(3, 2, 2)), hostile);
        assertRefused("3 bytes; expected the product of the extents [2147483647]");
        writeMnist("text".getBytes(StandardCharsets.UTF_8), idx(3));
        assertRefused("74657874");
        assertThatThrownBy(() -> Mnist.read(folder.resolve("none"))).hasMessageContaining("no such file");
    }

    @Test
    void coloursOfAPixelLieSideBySide() throws IOException {
        byte[] records = new byte[2 * RECORD];
        records[0] = 7;
        records[1] = 10; // red of the first pixel
        records[1 + 1024 + 1] = 20; // green of the second
        records[1 + 2048 + 1023] = 30; // blue of the last
        records[RECORD] = 9;
        for (int i = 0; i <= 5; i++) {
            String name = i == 0 ? "test_batch.bin" : "data_batch_" + i + ".bin";
            Files.write(folder.resolve(name), records);
        }
        Cifar10 cifar = Cifar10.read(folder);
        assertThat(cifar.train().count()).isEqualTo(10);
        assertThat(cifar.test().labels()).containsExactly(7, 9);
        byte[] pixels = cifar.test().pixels();
        assertThat(pixels[0]).isEqualTo((byte) 10);
        assertThat(pixels[4]).isEqualTo((byte) 20);
        assertThat(pixels[3071]).isEqualTo((byte) 30);
        Files.write(folder.resolve("data_batch_3.bin"), Arrays.copyOf(records, RECORD));
        assertThatThrownBy(() -> Cifar10.read(folder)).hasMessageContaining("files of 1 and 2 images");
        Files.delete(folder.resolve("data_batch_3.bin"));
        assertThatThrownBy(() -> Cifar10.read(folder)).hasMessageContaining("data_batch_3.bin among them");
    }

    @Test
    @Timeout(240)
    void damagedFilesAreRefusedOrImages() throws IOException {
        writeMnist(TarBuilder.gzip(idx(3, 2, 2)), idx(3));
        int refused = Fuzz.refused(folder.resolve("train-labels-idx1-ubyte"), idx(3), file -> Mnist.read(folder));
        assertThat(refused).isGreaterThan(Fuzz.FILES / 2);
        Fuzz.cutShort(folder.resolve("train-labels-idx1-ubyte"), idx(3), file -> Mnist.read(folder));
        writeMnist(TarBuilder.gzip(idx(3, 2, 2)), idx(3));
        byte[] expected = Mnist.read(folder).train().pixels();
        refused = Fuzz.refused(
                folder.resolve("train-images-idx3-ubyte.gz"),
                TarBuilder.gzip(idx(3, 2, 2)),
                file -> assertThat(Mnist.read(folder).train().pixels()).isEqualTo(expected));
        assertThat(refused).isGreaterThan(Fuzz.FILES / 2);
    }

    @Test
    @Timeout(240)
    void damagedArchivesOfPhotographsAreRefusedOrIntact() throws IOException {
        String records = "\u0001".repeat(RECORD);
        Map<String, String> members = new TreeMap<>();
        members.put("c/test_batch.bin", records);
        for (int i = 1; i <= 5; i++) {
            members.put("c/data_batch_" + i + ".bin", records);
        }
        byte[] intact = TarBuilder.gzip(TarBuilder.tar(members));
        int refused = Fuzz.refused(
                folder.resolve("cifar.tar.gz"),
                intact,
                file -> assertThat(Cifar10.read(file).train().pixels())
                        .hasSize(5 * 3072)
                        .containsOnly(1));
        assertThat(refused).isGreaterThan(Fuzz.FILES / 2);
    }

    private void assertRefused(String found) {
        assertThatThrownBy(() -> Mnist.read(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("train-")
                .hasMessageContaining(found);
    }
}
