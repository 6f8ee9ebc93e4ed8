/**
 * What the Java library lacks for folders; for the rooms of Odeon, not for users.
 *
 * <p>Neighbours: {@code graph.export} and {@code models.training.runs}, which keep models and checkpoints in folders.
 */
@NullMarked
package dev.odeon.graph.files;

import org.jspecify.annotations.NullMarked;
