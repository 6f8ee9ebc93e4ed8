/** Tests of the linear operators: one contract for all, then what is special to some. */
@NullMarked
package dev.odeon.solvers.linear;

import org.jspecify.annotations.NullMarked;
