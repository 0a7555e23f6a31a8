package dev.tidings.backend.sessions;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

enum SessionStatus {
    SCHEDULED,
    COMPLETED,
    CANCELLED;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<SessionStatus> of(String wireName) {
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(wireName))
                .findFirst();
    }
}
