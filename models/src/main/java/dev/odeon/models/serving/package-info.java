/**
 * Trained models for those who only want their predictions, in this process or any other.
 *
 * <p>Start with {@link dev.odeon.models.serving.Models#load}, which takes the folder of a training run or a SavedModel and
 * gives a {@link dev.odeon.models.serving.Model}. What a model offers is a {@link dev.odeon.models.serving.ServedModel}: a
 * function {@code predict} with {@link dev.odeon.models.serving.ServedTensor inputs} that say what they mean, and a {@link
 * dev.odeon.models.serving.ServedLoss} whose gradient can be exported, too. {@link dev.odeon.models.serving.RunModel} is
 * what a run folder keeps of it, so that neither data nor optimiser are needed later.
 *
 * <p>Neighbours: {@code graph.export} below, which writes SavedModels; {@code models.training.runs}, whose checkpoints hold the
 * parameters; the experiments above, which say what they serve.
 */
@NullMarked
package dev.odeon.models.serving;

import org.jspecify.annotations.NullMarked;
