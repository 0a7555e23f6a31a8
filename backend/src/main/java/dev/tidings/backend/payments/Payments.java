package dev.tidings.backend.payments;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.tidings.backend.payments.PaymentTable.Offer;
import dev.tidings.backend.problems.FieldError;
import dev.tidings.backend.problems.Problems;
import dev.tidings.events.EventType;
import dev.tidings.events.PurchaseConfirmed;
import dev.tidings.messaging.outbox.Outbox;
import dev.tidings.messaging.outbox.OutboxEvent;
import dev.tidings.tutoring.TimeSlot;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What can be done with payments. Empty results mean that the student has no such payment. Safe for any thread. */
@Service
class Payments {
    private static final Logger log = LoggerFactory.getLogger(Payments.class);

    private final PaymentTable table;
    private final Outbox outbox;
    private final JsonMapper json;
    private final Clock clock;

    Payments(PaymentTable table, Outbox outbox, JsonMapper json, Clock clock) {
        this.table = table;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    @Transactional
    public Payment create(String studentId, PaymentForm.Wish wish) {
        Offer offer = table.offer(wish.courseId(), wish.tier().sessions(), studentId)
                .orElseThrow(
                        () -> invalid(new FieldError("courseId", "names no course on offer: see /api/v1/courses")));
        if (offer.price() == null) {
            throw invalid(new FieldError("purchaseTier", "is not sold for this course: see /api/v1/courses"));
        }
        if (offer.owned()) {
            throw Problems.refused(
                    HttpStatus.CONFLICT, "you have this course already: its sessions are on your learning page");
        }
        Instant now = now();
        ZoneId zone = Objects.requireNonNullElseGet(wish.zone(), () -> ZoneId.of(offer.timeZone()));
        LocalDate start = StartDates.orFirst(wish.startDate(), zone, now);
        StartDates.objection(start, wish.slot(), zone, now).ifPresent(error -> {
            throw invalid(error);
        });
        Payment payment = new Payment(
                UuidCreator.getTimeOrderedEpoch(),
                studentId,
                wish.courseId(),
                wish.tier().sessions(),
                offer.price(),
                TimeSlot.format(wish.slot()),
                start,
                zone.getId(),
                PaymentStatus.PENDING,
                now,
                null);
        table.insert(payment);
        return payment;
    }

    /**
     * Confirming a payment that succeeded changes nothing.
     *
     * @param studentId whose it must be; null for anybody's
     */
    @Transactional
    public Optional<Payment> confirm(UUID id, @Nullable String studentId) {
        Optional<Payment> confirmed = table.confirm(id, studentId, now());
        confirmed.ifPresent(this::announce);
        return confirmed.or(() -> table.find(id, studentId));
    }

    /** Cancelling a payment that is not pending changes nothing. */
    @Transactional
    public Optional<Payment> cancel(UUID id, String studentId) {
        table.cancel(id, studentId, now());
        return table.find(id, studentId);
    }

    public Optional<Payment> find(UUID id, String studentId) {
        return table.find(id, studentId);
    }

    public List<Payment> page(String studentId, @Nullable UUID before, int limit) {
        return table.page(studentId, before, limit);
    }

    public List<Payment> withoutPurchase(@Nullable UUID before, int limit) {
        return table.withoutPurchase(before, limit);
    }

    private void announce(Payment payment) {
        EventType type = EventType.PURCHASE_CONFIRMED;
        String id = payment.id().toString();
        PurchaseConfirmed event = new PurchaseConfirmed(
                type.wireName(),
                clock.millis(),
                id,
                id,
                payment.studentId(),
                new PurchaseConfirmed.Metadata(
                        payment.courseId(),
                        payment.tier(),
                        payment.timeSlot(),
                        payment.startDate().toString()));
        outbox.append(OutboxEvent.of(type, payment.studentId(), json.writeValueAsString(event)));
        log.info("Payment {} of {} succeeded", id, payment.studentId());
    }

    private static RuntimeException invalid(FieldError error) {
        return Problems.invalid(List.of(error));
    }

    /** As exact as times are on the wire. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
