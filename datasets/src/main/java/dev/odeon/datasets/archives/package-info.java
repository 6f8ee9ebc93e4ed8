/**
 * Files as they are published: compressed, or many in one.
 *
 * <p>Start with {@link dev.odeon.datasets.archives.CompressedFile}, which opens a file whatever it is compressed with, and
 * {@link dev.odeon.datasets.archives.ArchiveMembers}, which walks through a tar or zip archive. Apache Commons Compress and
 * the JDK do the work; here are the bounds and the end: a few bytes must not unfold to more than a reader asked for, and an
 * archive that was cut short must not pass for a smaller one.
 *
 * <p>Neighbours: {@code csv}, {@code series}, {@code images} and {@code graphs} read through this package.
 */
@NullMarked
package dev.odeon.datasets.archives;

import org.jspecify.annotations.NullMarked;
