package dev.odeon.datasets.images;

import dev.odeon.datasets.RowTensors;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * N labelled images of equal size, one byte per value.
 *
 * @param name what they are, for messages
 * @param height rows of pixels
 * @param width pixels per row
 * @param channels values per pixel: 1 for grey, 3 for red, green and blue
 * @param pixels the values, 0 to 255, image by image, row by row, pixel by pixel; not copied
 * @param labels class of each image, 0 to classes - 1; not copied
 * @param classes number of classes
 */
@SuppressWarnings("ArrayRecordComponent") // Bulk data: a defensive copy of every access would double the memory.
public record ImageSet(String name, int height, int width, int channels, byte[] pixels, int[] labels, int classes) {
    public ImageSet {
        Objects.requireNonNull(name, "name");
        if (height < 1 || width < 1 || channels < 1 || classes < 1) {
            throw new IllegalArgumentException(name + ": images of " + height + " x " + width + " x " + channels
                    + " in " + classes + " classes: give one of each at least");
        }
        long size = (long) height * width * channels;
        if (pixels.length != size * labels.length) {
            throw new IllegalArgumentException(name + ": " + pixels.length + " bytes and " + labels.length
                    + " labels: give " + size + " bytes per label");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        name + ": label " + labels[i] + " of image " + i + ": give labels below " + classes);
            }
        }
    }

    /** {@return the number of images} */
    public int count() {
        return labels.length;
    }

    /** {@return the number of bytes of one image} */
    public int size() {
        return height * width * channels;
    }

    /** {@return the number of images of each class} */
    public int[] perClass() {
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    /** {@return some of the images, by index, in the order given} */
    public ImageSet select(int[] which) {
        byte[] chosen = new byte[Math.multiplyExact(which.length, size())];
        for (int i = 0; i < which.length; i++) {
            System.arraycopy(pixels, which[i] * size(), chosen, i * size(), size());
        }
        return new ImageSet(
                name,
                height,
                width,
                channels,
                chosen,
                Arrays.stream(which).map(i -> labels[i]).toArray(),
                classes);
    }

    /** {@return the images from index {@code from} to before {@code to}} */
    public ImageSet slice(int from, int to) {
        Objects.checkFromToIndex(from, to, count());
        return select(IntStream.range(from, to).toArray());
    }

    /**
     * The images as a tensor.
     *
     * @param normalisation what becomes of the bytes
     * @return a tensor of shape [N, height, width, channels], to be closed by the caller
     */
    public TFloat32 images32(PixelNormalisation normalisation) {
        return RowTensors.float32(shape(), (row, target) -> fill(normalisation, row, target));
    }

    /**
     * The images as a tensor.
     *
     * @param normalisation what becomes of the bytes
     * @return a tensor of shape [N, height, width, channels], to be closed by the caller
     */
    public TFloat64 images64(PixelNormalisation normalisation) {
        return RowTensors.float64(shape(), (row, target) -> fill(normalisation, row, target));
    }

    /** {@return the bytes as they are, of shape [N, height, width, channels], to be closed by the caller} */
    public TUint8 bytes() {
        return Tensor.of(
                TUint8.class, shape(), tensor -> tensor.asRawTensor().data().write(pixels));
    }

    /** {@return the labels, of shape [N], to be closed by the caller} */
    public TInt32 labelTensor() {
        return TInt32.vectorOf(labels);
    }

    private Shape shape() {
        return Shape.of(count(), height, width, channels);
    }

    private void fill(PixelNormalisation normalisation, int row, double[] target) {
        int from = row * size();
        for (int i = 0; i < target.length; i++) {
            target[i] = normalisation.apply(Byte.toUnsignedInt(pixels[from + i]), i % channels);
        }
    }
}
