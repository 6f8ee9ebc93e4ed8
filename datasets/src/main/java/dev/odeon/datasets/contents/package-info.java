/**
 * What a file holds, told by its first bytes and not by its name.
 *
 * <p>Start with {@link dev.odeon.datasets.contents.FileContents}. {@code Known} lists an entry for each kind of file: how it
 * begins, and what there is to tell of it.
 *
 * <p>Neighbours: {@code arrow}, {@code npz}, {@code csv}, {@code images} and {@code archives} read the files; {@code formats}
 * counts the data sets among them.
 */
@NullMarked
package dev.odeon.datasets.contents;

import org.jspecify.annotations.NullMarked;
