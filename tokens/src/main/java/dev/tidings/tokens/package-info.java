/**
 * Who is calling: verifies bearer tokens (R-WS-5) and issues them for development and tests.
 *
 * <p>The backend and the WebSocket service must agree at every moment on what a valid token is, so the rule lives here
 * once: algorithm allow-list (HS256 by shared secret; RS256 and ES256 by JWKS), signature, expiry, not-before, issuer,
 * audience, a usable {@code sub} and a known {@code role}. What to do with the answer (a problem document, a close code)
 * is up to the caller, so the answer is a value, never an exception.
 *
 * <p>Everything is safe for any thread. A verification computes only, unless its key is not known yet: then it fetches
 * the JWKS document, one fetch at a time, bounded by a timeout. No token and no secret is ever logged or put into a
 * message. This package knows neither HTTP servers nor Spring.
 */
@NullMarked
package dev.tidings.tokens;

import org.jspecify.annotations.NullMarked;
