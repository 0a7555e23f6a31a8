/**
 * What browsers load: the pages of {@code client/pages}, the library of {@code client/src} beside them, and the libraries both
 * need, all packed into the jar at build time and served as they are. Open to anyone, since nothing in it speaks of a user.
 *
 * <p>Every address of {@link PageController} answers the same document, which looks at its own address to know what to show. Its
 * security policy allows no script but these files and the document's one import map, by its hash.
 *
 * <p>{@code service-worker.js} lets the pages open without a network. It knows the pages' addresses, as {@link PageController}
 * does; PagesIT compares them.
 *
 * <p>Must not import features: pages talk to them over HTTP as any other client.
 */
@NullMarked
package dev.tidings.backend.pages;

import org.jspecify.annotations.NullMarked;
