@NullMarked
package dev.odeon.datasets.contents;

import org.jspecify.annotations.NullMarked;
