@NullMarked
package dev.odeon.datasets;

import org.jspecify.annotations.NullMarked;
