package dev.tidings.backend.payments;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The current state of a payment.
 *
 * @param tier number of sessions
 * @param timeSlot time of day of the sessions; with {@code startDate} in {@code timeZone}
 * @param confirmedAt null unless the payment succeeded
 * @param paidAt time of the first confirmation by the payment provider, successful or not; null without one
 */
record Payment(
        UUID id,
        String studentId,
        String courseId,
        int tier,
        BigDecimal amount,
        String timeSlot,
        LocalDate startDate,
        String timeZone,
        PaymentStatus status,
        Instant createdAt,
        @Nullable Instant confirmedAt,
        @Nullable Instant paidAt) {}
