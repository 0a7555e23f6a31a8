@NullMarked
package dev.tidings.local.cli;

import org.jspecify.annotations.NullMarked;
