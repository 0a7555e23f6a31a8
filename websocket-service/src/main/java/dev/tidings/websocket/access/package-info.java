/**
 * Who calls the HTTP API: a controller's parameter of type {@link dev.tidings.tokens.Identity} is the verified bearer of
 * the request's token. Without a valid one the request ends in 401, and in 503 while tokens cannot be verified; so no
 * controller can forget to check. Imports {@code tokens} and {@code edge} only.
 */
@NullMarked
package dev.tidings.websocket.access;

import org.jspecify.annotations.NullMarked;
