/**
 * Training: from a model and its loss to parameters that fit the data.
 *
 * <p>Start with {@link dev.odeon.models.training.Objective}, what is learned, whose {@link
 * dev.odeon.models.training.Score} is made from any number of solves, and {@link
 * dev.odeon.models.training.BatchedTraining}, which joins it with its {@link dev.odeon.models.training.TrainingData data}.
 * {@link dev.odeon.models.training.TrainingGraph} is the graph of its iterations, for whoever wants to run it by hand; {@link
 * dev.odeon.models.training.AtOnce} says how many are one run.
 *
 * <p>Neighbours: {@code training.runs} below, the epochs of a run, {@code training.data}, the batches, and {@code
 * training.events}, files for TensorBoard; {@code models.optimisers}, which it uses; the experiments, which use it.
 */
@NullMarked
package dev.odeon.models.training;

import org.jspecify.annotations.NullMarked;
