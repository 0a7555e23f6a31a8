package dev.tidings.backend.payments;

import dev.tidings.backend.requests.FormReader;
import dev.tidings.backend.requests.RequestTimes;
import dev.tidings.tutoring.PurchaseTier;
import dev.tidings.tutoring.TimeSlot;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the request for a new payment. */
final class PaymentForm {
    private static final Set<String> FIELDS = Set.of("courseId", "purchaseTier", "timeSlot", "startDate", "timeZone");
    private static final int MAX_COURSE_ID = 128;

    private PaymentForm() {}

    /**
     * A request for a payment.
     *
     * @param startDate null for the first possible date
     * @param zone null for the time zone of the course
     */
    record PaymentRequest(
            String courseId,
            PurchaseTier tier,
            LocalTime slot,
            @Nullable LocalDate startDate,
            @Nullable ZoneId zone) {}

    static PaymentRequest read(ObjectNode json) {
        FormReader form = FormReader.of(json, "a payment", FIELDS);
        String courseId = form.requiredString("courseId");
        if (courseId != null
                && (courseId.isEmpty() || courseId.length() > MAX_COURSE_ID || courseId.indexOf('\0') >= 0)) {
            form.reject("courseId", "must have 1 to %d characters".formatted(MAX_COURSE_ID));
        }
        JsonNode sessions = form.node("purchaseTier");
        PurchaseTier tier =
                sessions.isInt() ? PurchaseTier.of(sessions.intValue()).orElse(null) : null;
        if (tier == null) {
            form.reject("purchaseTier", "must be one of 10, 20, 30");
        }
        LocalTime slot = form.requiredParsed("timeSlot", TimeSlot::parse, "must be a time of day such as 16:00");
        LocalDate startDate = form.parsed("startDate", RequestTimes::date, "must be a date such as 2026-02-09");
        ZoneId zone = form.parsed("timeZone", RequestTimes::zone, "must be a time zone such as Europe/Berlin");
        form.finish();
        return new PaymentRequest(
                Objects.requireNonNull(courseId),
                Objects.requireNonNull(tier),
                Objects.requireNonNull(slot),
                startDate,
                zone);
    }
}
