/** Tests of the parts of the loop over chosen steps. */
@NullMarked
package dev.odeon.solvers.forward.chosen;

import org.jspecify.annotations.NullMarked;
