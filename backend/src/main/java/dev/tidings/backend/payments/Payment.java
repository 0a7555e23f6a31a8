package dev.tidings.backend.payments;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment as it stands.
 *
 * @param tier number of sessions
 * @param timeSlot and {@code startDate} in {@code timeZone}
 * @param confirmedAt null unless it succeeded
 * @param paidAt when the payment provider confirmed it first, whatever came of it; null if it did not
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
