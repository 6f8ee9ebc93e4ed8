package dev.odeon.datasets.archives;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The contents of a file in a zip archive, which can be held against their checksum: Java's own reader does not. */
final class ZipMember extends CheckedInputStream {
    private final ZipEntry entry;

    ZipMember(ZipFile zip, ZipEntry entry) throws IOException {
        super(zip.getInputStream(entry), new CRC32());
        this.entry = entry;
    }

    /** Reads what is left, and refuses the whole if it is not what was packed. */
    void requireIntact() throws IOException {
        transferTo(OutputStream.nullOutputStream());
        if (getChecksum().getValue() != entry.getCrc()) {
            throw new IOException(entry.getName() + " does not agree with its checksum");
        }
    }
}
