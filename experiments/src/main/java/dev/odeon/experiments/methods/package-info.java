/**
 * The methods in words: {@code odeon methods}.
 *
 * <p>Start with {@link dev.odeon.experiments.methods.MethodTable}, which turns the registry into Markdown, then {@link
 * dev.odeon.experiments.methods.MarkedText}, which keeps documents up to date. Neighbours: {@code solvers}, whose registry
 * it reads.
 */
@NullMarked
package dev.odeon.experiments.methods;

import org.jspecify.annotations.NullMarked;
