/** Optimisers on resource variables: start with {@link dev.odeon.models.optimisers.AdamW}. */
@NullMarked
package dev.odeon.models.optimisers;

import org.jspecify.annotations.NullMarked;
