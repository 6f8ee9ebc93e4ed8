/** Tests of the package of the same name. */
@NullMarked
package dev.odeon.solvers.tolerances;

import org.jspecify.annotations.NullMarked;
