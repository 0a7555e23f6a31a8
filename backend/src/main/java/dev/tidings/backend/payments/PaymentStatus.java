package dev.tidings.backend.payments;

enum PaymentStatus {
    PENDING,
    SUCCEEDED,
    CANCELLED;

    String wireName() {
        return switch (this) {
            case PENDING -> "pending";
            case SUCCEEDED -> "succeeded";
            case CANCELLED -> "cancelled";
        };
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
