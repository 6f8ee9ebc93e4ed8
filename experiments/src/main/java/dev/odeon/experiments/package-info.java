/**
 * The command line {@code odeon}: one class per command.
 *
 * <p>Start with {@link dev.odeon.experiments.Odeon}. Neighbours: it may use every other room; none uses it.
 */
@NullMarked
package dev.odeon.experiments;

import org.jspecify.annotations.NullMarked;
