package dev.tidings.tutoring;

import java.util.Arrays;
import java.util.Optional;

/** The numbers of sessions that a purchase can have. */
public enum PurchaseTier {
    TEN(10),
    TWENTY(20),
    THIRTY(30);

    private final int sessions;

    PurchaseTier(int sessions) {
        this.sessions = sessions;
    }

    public int sessions() {
        return sessions;
    }

    public static Optional<PurchaseTier> of(int sessions) {
        return Arrays.stream(values()).filter(tier -> tier.sessions == sessions).findFirst();
    }
}
