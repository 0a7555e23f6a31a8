package dev.tidings.tokens;

import io.jsonwebtoken.JwtException;

/** The JWKS document cannot be fetched, so a token can be neither accepted nor rejected. */
final class KeysUnavailableException extends JwtException {
    private static final long serialVersionUID = 1L;

    KeysUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
