package dev.tidings.backend.payments;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.tidings.backend.payments.PaymentTable.Offer;
import dev.tidings.edge.logs.LogFields;
import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import dev.tidings.events.EventType;
import dev.tidings.events.PurchaseConfirmed;
import dev.tidings.messaging.outbox.Outbox;
import dev.tidings.tutoring.TimeSlot;
import java.time.Clock;
import java.time.Duration;
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

/** Creates and changes payments. An empty result means that the student has no such payment. Safe for any thread. */
@Service
class Payments {
    private static final Logger log = LoggerFactory.getLogger(Payments.class);

    /** A payment that succeeded earlier and has no purchase has a dead letter. */
    private static final Duration PURCHASE_IS_MADE_WITHIN = Duration.ofHours(1);

    private static final Confirmation CANCELLED = new Confirmation.RejectedPayment(
            "this payment was cancelled, so it cannot be confirmed: make a new one", "PAYMENT_CANCELLED");
    private static final Confirmation OWNED = new Confirmation.RejectedPayment(
            "the student has this course already, or has just paid for it, so this payment cannot be confirmed",
            "COURSE_OWNED");

    private final PaymentTable table;
    private final Outbox outbox;
    private final Clock clock;

    Payments(PaymentTable table, Outbox outbox, Clock clock) {
        this.table = table;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Transactional
    public Payment create(String studentId, PaymentForm.PaymentRequest request) {
        Offer offer = table.offer(request.courseId(), request.tier().sessions(), studentId)
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
        ZoneId zone = Objects.requireNonNullElseGet(request.zone(), () -> ZoneId.of(offer.timeZone()));
        LocalDate start = StartDates.orFirst(request.startDate(), zone, now);
        StartDates.objection(start, request.slot(), zone, now).ifPresent(error -> {
            throw invalid(error);
        });
        Payment payment = new Payment(
                UuidCreator.getTimeOrderedEpoch(),
                studentId,
                request.courseId(),
                request.tier().sessions(),
                offer.price(),
                TimeSlot.format(request.slot()),
                start,
                zone.getId(),
                PaymentStatus.PENDING,
                now,
                null,
                null);
        table.insert(payment);
        return payment;
    }

    /** The result of a confirmation. */
    sealed interface Confirmation {
        /** The payment succeeded, now or before. */
        record SucceededPayment(Payment payment) implements Confirmation {}

        /** The payment buys nothing. */
        record RejectedPayment(String why, String code) implements Confirmation {}

        /** The provider already received the rejection of the payment. */
        record RejectedBefore(Payment payment) implements Confirmation {}
    }

    /**
     * Confirms a payment on behalf of the student, without money. Does nothing if the payment succeeded before.
     *
     * @return empty if the student has no such payment
     */
    @Transactional
    public Optional<Confirmation> confirmByStudent(UUID id, String studentId) {
        return table.lockWithRivals(id, studentId)
                .map(payment -> succeeded(payment, null)
                        .orElseGet(() -> payment.status() == PaymentStatus.CANCELLED ? CANCELLED : OWNED));
    }

    /**
     * Confirms a payment on behalf of the payment provider, which has the money. If it buys nothing, the payment is marked for a
     * refund by operators, and the provider receives one rejection.
     *
     * @return empty if there is no such payment
     */
    @Transactional
    public Optional<Confirmation> confirmByProvider(UUID id) {
        return table.lockWithRivals(id, null)
                .map(payment -> succeeded(payment, now()).orElseGet(() -> {
                    if (payment.paidAt() != null) {
                        return new Confirmation.RejectedBefore(payment);
                    }
                    table.markForRefund(id, now());
                    log.warn(
                            "Payment {} of {} was paid but buys nothing: the payment was cancelled, or the student has course {}."
                                    + " An operator must refund it",
                            id,
                            payment.studentId(),
                            payment.courseId());
                    return payment.status() == PaymentStatus.CANCELLED ? CANCELLED : OWNED;
                }));
    }

    /** Returns empty if the payment cannot succeed. */
    private Optional<Confirmation> succeeded(Payment payment, @Nullable Instant paidAt) {
        return switch (payment.status()) {
            case SUCCEEDED -> Optional.of(new Confirmation.SucceededPayment(payment));
            case CANCELLED -> Optional.empty();
            case PENDING -> {
                if (table.isOwned(payment, now().minus(PURCHASE_IS_MADE_WITHIN))) {
                    yield Optional.empty();
                }
                Payment succeeded = table.succeed(payment.id(), now(), paidAt);
                announce(succeeded);
                yield Optional.of(new Confirmation.SucceededPayment(succeeded));
            }
        };
    }

    /** Cancels a pending payment; does nothing otherwise. */
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

    /** @see PaymentTable#readUpTo */
    public Optional<UUID> readUpTo(@Nullable UUID before) {
        return table.readUpTo(before);
    }

    private void announce(Payment payment) {
        PurchaseConfirmed event = PurchaseConfirmed.of(
                clock.instant(),
                payment.id(),
                payment.studentId(),
                new PurchaseConfirmed.PaymentMetadata(
                        payment.courseId(),
                        payment.tier(),
                        payment.timeSlot(),
                        payment.startDate().toString()));
        outbox.append(EventType.PURCHASE_CONFIRMED, payment.studentId(), event);
        log.info(
                "Payment {} of {} succeeded",
                payment.id(),
                payment.studentId(),
                LogFields.of(payment.id().toString(), payment.studentId()));
    }

    private static RuntimeException invalid(FieldError error) {
        return Problems.invalid(List.of(error));
    }

    /** Truncated to milliseconds, the precision on the wire. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
