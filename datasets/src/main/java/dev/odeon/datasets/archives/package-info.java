/**
 * Files as they are published: compressed, or many in one.
 *
 * <p>Start with {@link dev.odeon.datasets.archives.CompressedFile}, which opens a file whatever it is compressed with, and
 * {@link dev.odeon.datasets.archives.TarFile}, which walks through a tar archive. Apache Commons Compress does the work;
 * here are the bounds: a few bytes must not unfold to more than a reader asked for.
 *
 * <p>Neighbours: {@code csv}, {@code series}, {@code images} and {@code graphs} read through this package.
 */
@NullMarked
package dev.odeon.datasets.archives;

import org.jspecify.annotations.NullMarked;
