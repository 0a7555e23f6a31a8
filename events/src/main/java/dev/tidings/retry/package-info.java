/** Backoff between attempts, the same in all services. Pure; must not import any other package of the project. */
@NullMarked
package dev.tidings.retry;

import org.jspecify.annotations.NullMarked;
