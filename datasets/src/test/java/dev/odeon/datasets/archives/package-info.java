@NullMarked
package dev.odeon.datasets.archives;

import org.jspecify.annotations.NullMarked;
