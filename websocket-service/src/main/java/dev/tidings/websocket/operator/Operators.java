package dev.tidings.websocket.operator;

import dev.tidings.tokens.Identity;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Checks the role of operators. */
final class Operators {
    private Operators() {}

    /** Rejects callers that are neither operator nor admin with 403. */
    static void require(Identity caller) {
        if (!caller.isOperator()) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN, "this requires the role operator or admin");
        }
    }
}
