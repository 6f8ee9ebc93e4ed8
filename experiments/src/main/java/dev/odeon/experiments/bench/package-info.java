/**
 * Measurements: {@code odeon bench}.
 *
 * <p>Start with {@link dev.odeon.experiments.bench.Bench}. Nothing here is a test: speed is measured and compared within
 * one run, never asserted. Neighbours: {@code experiments.pde}, whose workloads it runs.
 */
@NullMarked
package dev.odeon.experiments.bench;

import org.jspecify.annotations.NullMarked;
