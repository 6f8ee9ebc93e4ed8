@NullMarked
package dev.odeon.datasets.pickle;

import org.jspecify.annotations.NullMarked;
