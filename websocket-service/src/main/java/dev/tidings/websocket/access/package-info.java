/**
 * The caller of the HTTP API. A controller parameter of type {@link dev.tidings.tokens.Identity} is the verified owner of
 * the token of the request. Without a valid token the request ends with 401, and with 503 while tokens cannot be verified,
 * so no controller can omit the check. Uses the modules {@code tokens} and {@code edge} only.
 */
@NullMarked
package dev.tidings.websocket.access;

import org.jspecify.annotations.NullMarked;
