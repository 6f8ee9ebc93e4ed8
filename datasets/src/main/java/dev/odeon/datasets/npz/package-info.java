/**
 * NumPy's .npz archives and .npy files, read strictly.
 *
 * <p>Start with {@link dev.odeon.datasets.npz.NpzFile} or, for one array alone,
 * {@link dev.odeon.datasets.npz.NpyFile}. An archive is a zip file of .npy arrays; each begins with a header
 * ({@link dev.odeon.datasets.npz.NpyHeader}, a Python literal read by {@code HeaderParser}), followed by the numbers
 * ({@code ElementKind} says how they are stored). Arrays of Python objects are never unpickled: they can be listed, not
 * read. Sizes are checked against the file before memory is taken, and every byte against the checksum of the archive.
 *
 * <p>The format is described in NumPy's documentation, "numpy.lib.format", versions 1.0 to 3.0. Neighbours:
 * {@code graphs} reads graphs from such archives, {@code series} walks from such files.
 */
@NullMarked
package dev.odeon.datasets.npz;

import org.jspecify.annotations.NullMarked;
