package dev.tidings.backend.payments;

import java.util.Locale;

enum PaymentStatus {
    PENDING,
    SUCCEEDED,
    CANCELLED;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PaymentStatus of(String wireName) {
        for (PaymentStatus status : values()) {
            if (status.wireName().equals(wireName)) {
                return status;
            }
        }
        throw new IllegalArgumentException("no payment is '" + wireName + "'");
    }
}
