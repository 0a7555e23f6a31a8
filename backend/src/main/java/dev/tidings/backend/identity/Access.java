package dev.tidings.backend.identity;

import dev.tidings.edge.problems.Problems;
import dev.tidings.tokens.Identity;
import dev.tidings.tokens.Role;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/** Checks the role of a caller and rejects other roles with 403. */
public final class Access {
    private Access() {}

    /** Requires one of the roles. */
    public static void require(Identity caller, Role... roles) {
        if (!Arrays.asList(roles).contains(caller.role())) {
            throw refused(caller, Arrays.stream(roles).map(Role::wireName).collect(Collectors.joining(" or ")));
        }
    }

    public static void requireAdmin(Identity caller) {
        if (caller.role() != Role.ADMIN) {
            throw refused(caller, "admin");
        }
    }

    /** Role admin includes operator. */
    public static void requireOperator(Identity caller) {
        if (!caller.isOperator()) {
            throw refused(caller, "operator");
        }
    }

    private static RuntimeException refused(Identity caller, String needed) {
        return Problems.refused(
                HttpStatus.FORBIDDEN,
                "this needs the role %s, and your token has the role %s"
                        .formatted(needed, caller.role().wireName()));
    }
}
