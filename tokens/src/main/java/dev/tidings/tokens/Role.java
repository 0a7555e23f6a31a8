package dev.tidings.tokens;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The roles of the claim {@code role}. */
public enum Role {
    STUDENT,
    TRAINER,
    ADMIN,
    USER,
    OPERATOR;

    /** Returns the text of the claim, such as {@code student}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the role with the text of the claim, if there is one. */
    public static Optional<Role> of(String wireName) {
        return Arrays.stream(values())
                .filter(role -> role.wireName().equals(wireName))
                .findFirst();
    }
}
