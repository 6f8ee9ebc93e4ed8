@NullMarked
package dev.odeon.datasets.arrow;

import org.jspecify.annotations.NullMarked;
