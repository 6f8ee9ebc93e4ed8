/**
 * What the options of several commands have in common: {@link dev.odeon.experiments.options.Choices}, and the names of
 * gradients, {@link dev.odeon.experiments.options.GradientChoice}.
 *
 * <p>Neighbours: the packages of the single commands, above.
 */
@NullMarked
package dev.odeon.experiments.options;

import org.jspecify.annotations.NullMarked;
