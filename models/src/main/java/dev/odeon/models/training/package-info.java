/**
 * Training: from a model and its loss to parameters that fit the data.
 *
 * <p>Start with {@link dev.odeon.models.training.Objective}, what is learned, whose {@link
 * dev.odeon.models.training.Score} is made from any number of solves, and {@link
 * dev.odeon.models.training.BatchedTraining}, which joins it with its data. {@link dev.odeon.models.training.Trainer} runs the
 * epochs of a {@link dev.odeon.models.training.Trainable}, and {@link dev.odeon.models.training.RunFolder} keeps what a
 * killed run needs to go on. {@link dev.odeon.models.training.TrainingGraph} is the graph of one iteration, for whoever wants
 * to run it by hand.
 *
 * <p>Neighbours: {@code training.data}, the batches, and {@code training.events}, its files for TensorBoard; {@code
 * models.optimisers} and {@code models.schedules}, which it uses; the experiments, which use it.
 */
@NullMarked
package dev.odeon.models.training;

import org.jspecify.annotations.NullMarked;
