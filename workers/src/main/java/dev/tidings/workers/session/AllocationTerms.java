package dev.tidings.workers.session;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.UUID;

/**
 * The data of an allocation that its sessions are planned from.
 *
 * @param paymentId correlation id of the flow
 * @param tier number of sessions that were bought
 * @param firstDay first possible day; with {@code slot} in {@code zone}
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
