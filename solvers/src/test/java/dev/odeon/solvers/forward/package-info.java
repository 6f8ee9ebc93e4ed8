/** Tests of what stands around an engine in a loop. */
@NullMarked
package dev.odeon.solvers.forward;

import org.jspecify.annotations.NullMarked;
