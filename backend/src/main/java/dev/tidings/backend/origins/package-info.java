/**
 * Which pages of other origins may call from a browser: those of {@code TIDINGS_ALLOWED_ORIGINS}, patterns such as {@code
 * https://*.example.com}. Programs other than browsers are not concerned. Preflights are answered before a token is asked for,
 * since browsers send none with them.
 */
@NullMarked
package dev.tidings.backend.origins;

import org.jspecify.annotations.NullMarked;
