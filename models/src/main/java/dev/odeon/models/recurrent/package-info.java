/**
 * Recurrent cells, and their hybrids with neural ODEs for irregular series.
 *
 * <p>Start with {@link dev.odeon.models.recurrent.OdeRnn}: a {@link dev.odeon.models.recurrent.RecurrentCell} takes in each
 * observation of {@link dev.odeon.models.recurrent.ObservedSeries}, and the field of a continuous model leads from one to the
 * next. {@link dev.odeon.models.recurrent.RnnCell}, {@link dev.odeon.models.recurrent.GruCell} and {@link
 * dev.odeon.models.recurrent.LstmCell} have PyTorch's formulas and counts; {@link dev.odeon.models.recurrent.AffineCell} and
 * {@link dev.odeon.models.recurrent.PerceptronCell} are those of the heavy-ball experiments, and {@link dev.odeon.models.recurrent.KeptState} is for observations
 * that only drive the field.
 *
 * <p>Neighbours: {@code ode} and {@code graph.scan} below; {@code models.continuous} gives the fields.
 */
@NullMarked
package dev.odeon.models.recurrent;

import org.jspecify.annotations.NullMarked;
