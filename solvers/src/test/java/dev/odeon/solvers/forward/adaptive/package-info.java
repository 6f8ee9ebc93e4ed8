/** Tests of the parts of the loop over chosen steps. */
@NullMarked
package dev.odeon.solvers.forward.adaptive;

import org.jspecify.annotations.NullMarked;
