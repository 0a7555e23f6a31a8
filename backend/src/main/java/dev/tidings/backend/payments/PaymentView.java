package dev.tidings.backend.payments;

import dev.tidings.events.Timestamps;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The JSON of a payment. */
record PaymentView(
        String paymentId,
        String status,
        String studentId,
        String courseId,
        int purchaseTier,
        BigDecimal amount,
        String timeSlot,
        String startDate,
        String timeZone,
        String createdAt,
        @Nullable String confirmedAt,
        @Nullable String paidAt) {

    static PaymentView of(Payment payment) {
        return new PaymentView(
                payment.id().toString(),
                payment.status().wireName(),
                payment.studentId(),
                payment.courseId(),
                payment.tier(),
                payment.amount(),
                payment.timeSlot(),
                payment.startDate().toString(),
                payment.timeZone(),
                Timestamps.format(payment.createdAt()),
                shown(payment.confirmedAt()),
                shown(payment.paidAt()));
    }

    private static @Nullable String shown(@Nullable Instant time) {
        return time == null ? null : Timestamps.format(time);
    }
}
