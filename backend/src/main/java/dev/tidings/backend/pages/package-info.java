/**
 * Files for browsers: the pages of {@code client/pages}, the library of {@code client/src} and their libraries, packed into the jar at
 * build time and served unchanged. Anybody may read them, because they contain no data of users.
 *
 * <p>Every path of {@link PageController} serves the same document, which reads its own address to select the view. Its security policy
 * allows only scripts of these files and the import map of the document, by its hash.
 *
 * <p>{@code service-worker.js} opens the pages without a network. It contains the paths of the pages, as {@link PageController} does;
 * PagesIT compares both.
 *
 * <p>Must not import features: pages use HTTP like any other client.
 */
@NullMarked
package dev.tidings.backend.pages;

import org.jspecify.annotations.NullMarked;
