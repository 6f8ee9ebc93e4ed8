@NullMarked
package dev.odeon.datasets.images;

import org.jspecify.annotations.NullMarked;
