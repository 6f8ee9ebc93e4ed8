/**
 * What the options of several commands share: start with {@link dev.odeon.experiments.options.OptionChecks}.
 *
 * <p>Neighbours: the packages of the single commands above; nothing below.
 */
@NullMarked
package dev.odeon.experiments.options;

import org.jspecify.annotations.NullMarked;
