package dev.tidings.backend.identity;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Declares paths that need no token. A controller declares its own open paths as a bean of this type; all other paths need a token.
 *
 * @param method HTTP method; null for all methods
 * @param path matches the whole path as sent, percent-encoded: another spelling of the same path needs a token
 * @param isTokenVerified whether a token is verified if the request has one. If not, the token is ignored.
 */
public record OpenPath(@Nullable String method, Pattern path, boolean isTokenVerified) {

    /** Declares paths that anybody may call. Their answers must not contain data of users. */
    public static OpenPath forAnybody(@Nullable String method, String pathRegex) {
        return new OpenPath(method, Pattern.compile(pathRegex), false);
    }

    /**
     * Declares paths that accept another proof instead of a token, such as a signature. The controller takes {@code
     * Optional<Identity>} and must check the other proof when it is empty.
     */
    public static OpenPath withOtherProof(String pathRegex) {
        return new OpenPath(null, Pattern.compile(pathRegex), true);
    }

    boolean opens(String method, String path, boolean hasToken) {
        return (this.method == null || this.method.equals(method))
                && !(isTokenVerified && hasToken)
                && this.path.matcher(path).matches();
    }
}
