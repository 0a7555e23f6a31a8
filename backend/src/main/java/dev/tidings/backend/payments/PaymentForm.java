package dev.tidings.backend.payments;

import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import dev.tidings.tutoring.PurchaseTier;
import dev.tidings.tutoring.TimeSlot;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a student wants to pay for, and collects all that is wrong with it. One instance reads one request. */
final class PaymentForm {
    private static final Set<String> KNOWN = Set.of("courseId", "purchaseTier", "timeSlot", "startDate", "timeZone");
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final int MAX_COURSE_ID = 128;

    private final ObjectNode json;
    private final List<FieldError> errors = new ArrayList<>();

    private PaymentForm(ObjectNode json) {
        this.json = json;
    }

    /**
     * What a student wants.
     *
     * @param startDate null for the first possible one
     * @param zone null for the course's
     */
    record PaymentRequest(
            String courseId,
            PurchaseTier tier,
            LocalTime slot,
            @Nullable LocalDate startDate,
            @Nullable ZoneId zone) {}

    static PaymentRequest read(ObjectNode json) {
        return new PaymentForm(json).read();
    }

    private PaymentRequest read() {
        json.propertyNames().stream()
                .filter(name -> !KNOWN.contains(name))
                .forEach(name -> refuse(
                        name.length() <= 64 ? name : name.substring(0, 64) + "…", "is not a field of a payment"));
        String courseId = courseId();
        PurchaseTier tier = tier();
        LocalTime slot = slot();
        LocalDate startDate = startDate();
        ZoneId zone = zone();
        if (courseId == null || tier == null || slot == null || !errors.isEmpty()) {
            throw Problems.invalid(errors);
        }
        return new PaymentRequest(courseId, tier, slot, startDate, zone);
    }

    private @Nullable String courseId() {
        String text = text("courseId", true);
        if (text != null && (text.isEmpty() || text.length() > MAX_COURSE_ID || text.indexOf('\0') >= 0)) {
            return refuse("courseId", "must have 1 to %d characters".formatted(MAX_COURSE_ID));
        }
        return text;
    }

    private @Nullable PurchaseTier tier() {
        JsonNode node = json.path("purchaseTier");
        PurchaseTier tier = node.isInt() ? PurchaseTier.of(node.intValue()).orElse(null) : null;
        return tier == null ? refuse("purchaseTier", "must be one of 10, 20, 30") : tier;
    }

    private @Nullable LocalTime slot() {
        String text = text("timeSlot", true);
        if (text == null) {
            return null;
        }
        return TimeSlot.parse(text).orElseGet(() -> refuse("timeSlot", "must be a time of day such as 16:00"));
    }

    private @Nullable LocalDate startDate() {
        String text = text("startDate", false);
        if (text == null) {
            return null;
        }
        try {
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            // A day that its month does not have is refused as everything else that is no date.
        }
        return refuse("startDate", "must be a date such as 2026-02-09");
    }

    private @Nullable ZoneId zone() {
        String text = text("timeZone", false);
        if (text == null) {
            return null;
        }
        return ZONES.contains(text) ? ZoneId.of(text) : refuse("timeZone", "must be a time zone such as Europe/Berlin");
    }

    /** Null when it is missing, null or no text; noted as an error where that is one. */
    private @Nullable String text(String field, boolean required) {
        JsonNode node = json.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return required ? refuse(field, "is required") : null;
        }
        return node.isString() ? node.stringValue() : refuse(field, "must be a text");
    }

    private <T> @Nullable T refuse(String field, String message) {
        errors.add(new FieldError(field, message));
        return null;
    }
}
