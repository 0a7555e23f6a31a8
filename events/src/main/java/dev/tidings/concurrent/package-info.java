/** Work at the same time. */
@NullMarked
package dev.tidings.concurrent;

import org.jspecify.annotations.NullMarked;
