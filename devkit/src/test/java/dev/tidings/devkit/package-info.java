@NullMarked
package dev.tidings.devkit;

import org.jspecify.annotations.NullMarked;
