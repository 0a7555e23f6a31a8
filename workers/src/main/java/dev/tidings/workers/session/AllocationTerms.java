package dev.tidings.workers.session;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.UUID;

/**
 * What sessions are made from.
 *
 * @param paymentId correlation id of the flow
 * @param tier how many sessions were bought
 * @param firstDay and {@code slot} as the student agreed to, in {@code zone}
 */
record AllocationTerms(
        UUID id,
        UUID purchaseId,
        UUID paymentId,
        String studentId,
        String trainerId,
        String courseId,
        int tier,
        LocalDate firstDay,
        LocalTime slot,
        ZoneId zone) {}
