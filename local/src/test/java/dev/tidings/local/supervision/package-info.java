@NullMarked
package dev.tidings.local.supervision;

import org.jspecify.annotations.NullMarked;
