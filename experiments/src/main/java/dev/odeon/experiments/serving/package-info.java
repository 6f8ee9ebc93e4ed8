/**
 * Trained models for other programs: {@code odeon export} and {@code odeon predict}.
 *
 * <p>Start with {@link dev.odeon.experiments.serving.Export}, which writes the SavedModel of a run, and {@link
 * dev.odeon.experiments.serving.Predict}, which runs a model over the rows of an Arrow file. Neighbours: {@code
 * experiments.training.session}, whose folders are read; {@code models.serving} below.
 */
@NullMarked
package dev.odeon.experiments.serving;

import org.jspecify.annotations.NullMarked;
