package dev.odeon.datasets.archives;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A tar archive that must end with the record of zeros that says so, and whose members must not have endless attributes.
 *
 * <p>Commons Compress takes the end of the bytes for the end of the archive, even between two members, and keeps names and
 * attributes of any length in memory.
 */
final class StrictTar extends TarArchiveInputStream {
    private static final int LONGEST_ATTRIBUTES = 1 << 20;
    private static final int MOST_HEADERS = 16;

    private boolean ended;
    private int headers;
    private int attributes;

    StrictTar(InputStream in) {
        super(in);
    }

    @Override
    public @Nullable TarArchiveEntry getNextEntry() throws IOException {
        if (headers == 0) {
            attributes = 0;
            if (getCurrentEntry() != null) {
                transferTo(OutputStream.nullOutputStream());
            }
        }
        // A long name stands in a member before the one it belongs to: then the call comes from inside itself.
        if (++headers > MOST_HEADERS) {
            throw new IOException("a member of more than " + MOST_HEADERS + " headers");
        }
        try {
            TarArchiveEntry entry = super.getNextEntry();
            if (entry == null && !ended) {
                throw new EOFException("no end of the archive");
            }
            return entry;
        } finally {
            headers--;
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int n = super.read(target, offset, length);
        if (headers > 0 && (attributes += Math.max(0, n)) > LONGEST_ATTRIBUTES) {
            throw new IOException("a member of more than " + LONGEST_ATTRIBUTES + " bytes of attributes");
        }
        return n;
    }

    @Override
    protected boolean isEOFRecord(byte @Nullable [] record) {
        boolean end = super.isEOFRecord(record);
        ended |= end && record != null;
        return end;
    }
}
