/**
 * The rules of docs/ARCHITECTURE.md that a machine can check, here because this module sees all others.
 *
 * <p>{@code ArchitectureTest} reads classes, {@code SourceCyclesTest} and {@code ExportsTest} read sources, {@code
 * ExternalProjectTest} uses the library as a stranger does.
 */
@NullMarked
package dev.odeon.experiments.architecture;

import org.jspecify.annotations.NullMarked;
