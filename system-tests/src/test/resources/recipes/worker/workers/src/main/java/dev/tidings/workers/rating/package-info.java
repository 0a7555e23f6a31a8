/** rating-worker: asks a student who gave few stars for the reason. */
@NullMarked
package dev.tidings.workers.rating;

import org.jspecify.annotations.NullMarked;
