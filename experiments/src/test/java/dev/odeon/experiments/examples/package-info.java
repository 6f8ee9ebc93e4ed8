/**
 * The example in CONTRIBUTING of a model with its experiment: {@link dev.odeon.experiments.examples.DecayExperiment}.
 *
 * <p>{@code ExperimentsTest} registers it and runs it.
 */
@NullMarked
package dev.odeon.experiments.examples;

import org.jspecify.annotations.NullMarked;
