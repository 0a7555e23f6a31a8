package dev.tidings.tokens;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The roles that a token's {@code role} claim may name. */
public enum Role {
    STUDENT,
    TRAINER,
    ADMIN,
    USER,
    OPERATOR;

    /** The claim's text, such as {@code student}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role with that claim text, if there is one. */
    public static Optional<Role> of(String wireName) {
        return Arrays.stream(values())
                .filter(role -> role.wireName().equals(wireName))
                .findFirst();
    }
}
