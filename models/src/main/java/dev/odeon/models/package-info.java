/**
 * Neural ODE models and their training.
 *
 * <p>Start with {@link dev.odeon.models.optimisers.AdamW}. Neighbours: {@code adjoint} below; {@code experiments} above.
 */
@NullMarked
package dev.odeon.models;

import org.jspecify.annotations.NullMarked;
