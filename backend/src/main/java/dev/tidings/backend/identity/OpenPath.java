package dev.tidings.backend.identity;

import java.util.regex.Pattern;

/**
 * A bean by which a feature says which of its paths need no token. They must not speak of any user.
 *
 * @param path of the whole path, compared as sent: whatever is spelled otherwise needs a token
 */
public record OpenPath(String method, Pattern path) {
    boolean opens(String method, String path) {
        return this.method.equals(method) && this.path.matcher(path).matches();
    }
}
