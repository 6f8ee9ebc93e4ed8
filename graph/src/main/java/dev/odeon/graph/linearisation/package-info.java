/**
 * Functions whose vector-Jacobian product is taken later, elsewhere, without evaluating them again.
 *
 * <p>Start with {@link dev.odeon.graph.linearisation.Linearisation}: it tells which tensors of an evaluation the product
 * needs ({@link dev.odeon.graph.linearisation.Cut}), finds them where the function was evaluated ({@link
 * dev.odeon.graph.linearisation.Counterparts}), and adds the product where they are given ({@link
 * dev.odeon.graph.linearisation.NodeCopies}).
 */
@NullMarked
package dev.odeon.graph.linearisation;

import org.jspecify.annotations.NullMarked;
