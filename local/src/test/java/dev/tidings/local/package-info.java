@NullMarked
package dev.tidings.local;

import org.jspecify.annotations.NullMarked;
