/**
 * Classification by models whose depth is continuous: a cloud of points, handwritten digits, small photographs.
 *
 * <p>Start with {@link dev.odeon.experiments.classification.ClassifierObjective}: features become a state, the state is solved
 * for, and what it has become is read. Each experiment says which data, which model and which {@link
 * dev.odeon.experiments.classification.Readout}. Neighbours: {@code experiments.training} and {@code plots} below,
 * {@code models.continuous}, whose models it trains, and {@code datasets}.
 */
@NullMarked
package dev.odeon.experiments.classification;

import org.jspecify.annotations.NullMarked;
