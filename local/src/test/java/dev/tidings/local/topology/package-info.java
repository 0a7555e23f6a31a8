@NullMarked
package dev.tidings.local.topology;

import org.jspecify.annotations.NullMarked;
