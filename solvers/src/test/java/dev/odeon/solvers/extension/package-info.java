/** What users write themselves, from another package and with nothing but what is public: operators of their own. */
@NullMarked
package dev.odeon.solvers.extension;

import org.jspecify.annotations.NullMarked;
