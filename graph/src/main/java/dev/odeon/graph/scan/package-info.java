/**
 * A loop over the rows of tables that can be differentiated whatever its rounds do, solves included.
 *
 * <p>Start with {@link dev.odeon.graph.scan.Scan}, which adds one loop, and one more for its gradient. A {@link
 * dev.odeon.graph.scan.Round} is what its body returns.
 *
 * <p>Neighbours: {@code graph} below; recurrent models above.
 */
@NullMarked
package dev.odeon.graph.scan;

import org.jspecify.annotations.NullMarked;
