@NullMarked
package dev.odeon.datasets.pde;

import org.jspecify.annotations.NullMarked;
