/**
 * Bearer tokens: verification (R-WS-5), and issuing for development and tests.
 *
 * <p>The backend and the WebSocket service share this rule of a valid token: algorithm allow-list (HS256 by shared secret; RS256 and ES256
 * by JWKS), signature, expiry, not-before, issuer, audience, a valid {@code sub} and a known {@code role}. The caller decides how to
 * answer (problem details, a close code), so the result is a value and not an exception.
 *
 * <p>Safe for any thread. A verification only computes, unless its key is unknown: then it fetches the JWKS document, one fetch at a time,
 * with a timeout. Tokens and secrets are never logged and never part of a message. Must not import HTTP servers or Spring.
 */
@NullMarked
package dev.tidings.tokens;

import org.jspecify.annotations.NullMarked;
