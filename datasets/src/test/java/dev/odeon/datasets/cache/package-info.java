@NullMarked
package dev.odeon.datasets.cache;

import org.jspecify.annotations.NullMarked;
