/**
 * Jupyter notebooks that find Odeon: {@code odeon kernel}.
 *
 * <p>Start with {@link dev.odeon.experiments.kernel.KernelCommand}, the command; {@link
 * dev.odeon.experiments.kernel.KernelSpec} is what it writes. Neighbours: the folder notebooks, whose script {@code run} calls
 * the command; the launcher {@code odeon}, which starts Java with the same flags.
 */
@NullMarked
package dev.odeon.experiments.kernel;

import org.jspecify.annotations.NullMarked;
