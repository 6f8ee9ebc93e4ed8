/**
 * Parameters: named resource variables, how they start, and how they are saved.
 *
 * <p>Start with {@link dev.odeon.graph.parameters.Parameters}. {@link dev.odeon.graph.parameters.Checkpoint} writes and
 * reads them; TensorFlow Java's own {@code Session.save} leaves resource variables out without a word.
 */
@NullMarked
package dev.odeon.graph.parameters;

import org.jspecify.annotations.NullMarked;
