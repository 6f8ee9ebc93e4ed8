/** Tests of what engines and loops pass to each other. */
@NullMarked
package dev.odeon.solvers.engine;

import org.jspecify.annotations.NullMarked;
