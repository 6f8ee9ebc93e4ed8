package dev.odeon.models.training.data;

/**
 * Where the rows are kept during training.
 *
 * <p>Resident rows are copied to the device once, and a batch is gathered there by its row numbers; otherwise a batch is
 * loaded while the iteration before it runs, and fed.
 *
 * @param mostResidentBytes of a source that is kept on the device
 */
public record Placement(long mostResidentBytes) {

    /** On the device, however many they are. */
    public static final Placement RESIDENT = new Placement(Long.MAX_VALUE);
    /** Loaded batch by batch. */
    public static final Placement LOADED = new Placement(-1);

    /** On the device up to a number of bytes, otherwise loaded batch by batch. */
    public static Placement upTo(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("The bytes are " + bytes + ": give 0 or more, or Placement.LOADED");
        }
        return new Placement(bytes);
    }

    /** Whether a source is kept on the device. */
    public boolean resident(BatchSource source) {
        return Bytes.of(source) <= mostResidentBytes;
    }
}
