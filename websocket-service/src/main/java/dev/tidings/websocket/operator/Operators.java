package dev.tidings.websocket.operator;

import dev.tidings.tokens.Identity;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Who may look. */
final class Operators {
    private Operators() {}

    /** Refuses with 403 who is neither operator nor admin. */
    static void require(Identity caller) {
        if (!caller.isOperator()) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN, "this is for the roles operator and admin");
        }
    }
}
