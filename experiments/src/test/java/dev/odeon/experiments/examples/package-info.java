/**
 * The example in CONTRIBUTING of a model with its experiment: {@link dev.odeon.experiments.examples.DecayExperiment}.
 *
 * <p>{@code ExperimentsTest} registers it and runs it. {@link dev.odeon.experiments.examples.ScriptedExperiment} trains without a
 * graph, for the tests of what happens around a model.
 */
@NullMarked
package dev.odeon.experiments.examples;

import org.jspecify.annotations.NullMarked;
