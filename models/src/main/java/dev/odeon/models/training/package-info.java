/**
 * Training: from a model and its loss to parameters that fit the data.
 *
 * <p>Start with {@link dev.odeon.models.training.Objective}, what is learned, and {@link
 * dev.odeon.models.training.TrainingGraph}, which makes one graph of it. {@link dev.odeon.models.training.Trainer} runs the
 * epochs of a {@link dev.odeon.models.training.Trainable}, and {@link dev.odeon.models.training.RunFolder} keeps what a
 * killed run needs to go on.
 *
 * <p>Neighbours: {@code models.optimisers} and {@code models.schedules}, which it uses; the experiments, which use it.
 */
@NullMarked
package dev.odeon.models.training;

import org.jspecify.annotations.NullMarked;
