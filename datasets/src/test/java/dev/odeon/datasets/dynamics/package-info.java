@NullMarked
package dev.odeon.datasets.dynamics;

import org.jspecify.annotations.NullMarked;
