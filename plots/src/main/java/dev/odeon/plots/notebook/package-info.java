/**
 * What a Java notebook needs to show results: pictures as values of cells, and progress of long cells.
 *
 * <p>Start with {@link dev.odeon.plots.notebook.Show}, whose methods a notebook imports:
 *
 * <pre>{@code
 * import dev.odeon.plots.notebook.*;
 * import static dev.odeon.plots.notebook.Show.*;
 * }</pre>
 *
 * <p>{@link dev.odeon.plots.notebook.Solved} has the numbers of a solution, and closes what the solve needed. No kernel is
 * needed to compile or run any of it. Neighbours: {@code plots} below, which draws; {@code ode} below, whose solutions it
 * shows.
 */
@NullMarked
package dev.odeon.plots.notebook;

import org.jspecify.annotations.NullMarked;
