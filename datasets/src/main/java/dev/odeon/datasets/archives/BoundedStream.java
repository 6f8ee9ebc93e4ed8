package dev.odeon.datasets.archives;

import dev.odeon.datasets.DataException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Refuses to hand out more bytes than were asked for: the guard against archives that unfold without end. */
final class BoundedStream extends FilterInputStream {
    private final Path path;
    private final long most;
    private long given;

    BoundedStream(Path path, InputStream in, long most) {
        this(path, in, most, 0);
    }

    private BoundedStream(Path path, InputStream in, long most, long given) {
        super(in);
        this.path = path;
        this.most = most;
        this.given = given;
    }

    /** {@return a stream that goes on counting where this one stands} */
    BoundedStream then(InputStream next) {
        return new BoundedStream(path, next, most, given);
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int n = super.read(target, offset, length);
        count(n);
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = super.skip(n);
        count(skipped);
        return skipped;
    }

    private void count(long n) {
        given += Math.max(0, n);
        if (given > most) {
            throw DataException.of(
                    path, "more than " + most + " bytes inside", "no more", "download or write the file again");
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
