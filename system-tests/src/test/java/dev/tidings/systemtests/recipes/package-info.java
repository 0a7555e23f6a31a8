/**
 * Carries out the recipes of CONTRIBUTING on a copy of the checkout. The files of a recipe are in the resource folder {@code recipes}: a
 * file is copied to its place, and {@code <file>.insert} holds texts and the lines before which they are inserted.
 */
@NullMarked
package dev.tidings.systemtests.recipes;

import org.jspecify.annotations.NullMarked;
