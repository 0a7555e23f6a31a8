package dev.tidings.backend.payments;

import dev.tidings.backend.idempotency.Answer;
import dev.tidings.backend.idempotency.IdempotentWrites;
import dev.tidings.backend.identity.Access;
import dev.tidings.backend.lists.Page;
import dev.tidings.backend.lists.PageRequest;
import dev.tidings.backend.problems.FieldError;
import dev.tidings.backend.problems.Problems;
import dev.tidings.backend.requests.JsonBody;
import dev.tidings.backend.requests.PathId;
import dev.tidings.tokens.Identity;
import dev.tidings.tokens.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Payments, over HTTP. */
@RestController
class PaymentController {
    private static final byte[] NO_BODY = {};

    private final Payments payments;
    private final IdempotentWrites writes;
    private final PaymentSignature signature;

    PaymentController(Payments payments, IdempotentWrites writes, PaymentSignature signature) {
        this.payments = payments;
        this.writes = writes;
        this.signature = signature;
    }

    @PostMapping(path = "/api/v1/payments", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> create(Identity caller, HttpServletRequest request, JsonBody body) {
        Access.require(caller, Role.STUDENT);
        PaymentForm.Wish wish = PaymentForm.read(body.json());
        return writes.run(caller, request, body.bytes(), () -> {
            Payment payment = payments.create(caller.userId(), wish);
            return Answer.created(URI.create("/api/v1/payments/" + payment.id()), PaymentView.of(payment));
        });
    }

    @GetMapping("/api/v1/payments")
    Page<PaymentView> list(Identity caller, PageRequest page) {
        return page.page(payments.page(caller.userId(), page.before(), page.rows()), Payment::id, PaymentView::of);
    }

    @GetMapping("/api/v1/payments/{id}")
    PaymentView read(Identity caller, @PathVariable String id) {
        return PaymentView.of(existing(id, payments.find(paymentId(id), caller.userId())));
    }

    /** By the student, who shows a token, or by the payment provider, who signs. */
    @PostMapping("/api/v1/payments/{id}/confirm")
    ResponseEntity<?> confirm(
            Optional<Identity> caller, HttpServletRequest request, @PathVariable String id, @Nullable JsonBody body) {
        byte[] bytes = body == null ? NO_BODY : body.bytes();
        if (caller.isPresent()) {
            Identity student = caller.get();
            UUID paymentId = paymentId(id);
            return writes.run(
                    student,
                    request,
                    bytes,
                    () -> Answer.ok(confirmed(id, payments.confirm(paymentId, student.userId()))));
        }
        if (body == null || !signature.isOf(bytes, request.getHeader(PaymentSignature.HEADER))) {
            throw Problems.refused(
                    HttpStatus.UNAUTHORIZED,
                    "send the student's token, or sign the body as the payment provider does (%s)"
                            .formatted(PaymentSignature.HEADER));
        }
        UUID paymentId = paymentId(id);
        if (!body.json().path("paymentId").stringValue("").equalsIgnoreCase(id)) {
            throw Problems.invalid(List.of(new FieldError("paymentId", "must be the payment of the path")));
        }
        return ResponseEntity.ok(confirmed(id, payments.confirm(paymentId, null)));
    }

    @PostMapping("/api/v1/payments/{id}/cancel")
    ResponseEntity<String> cancel(Identity caller, HttpServletRequest request, @PathVariable String id) {
        UUID paymentId = paymentId(id);
        return writes.run(caller, request, NO_BODY, () -> {
            Payment payment = existing(id, payments.cancel(paymentId, caller.userId()));
            if (payment.status() != PaymentStatus.CANCELLED) {
                throw Problems.refused(HttpStatus.CONFLICT, "this payment succeeded, so it cannot be cancelled");
            }
            return Answer.ok(PaymentView.of(payment));
        });
    }

    /** Paid, and nothing came of it: for operators to settle. */
    @GetMapping("/api/v1/admin/payments/without-purchase")
    Page<PaymentView> withoutPurchase(Identity caller, PageRequest page) {
        Access.requireOperator(caller);
        return page.page(payments.withoutPurchase(page.before(), page.rows()), Payment::id, PaymentView::of);
    }

    private static PaymentView confirmed(String id, Optional<Payment> found) {
        Payment payment = existing(id, found);
        if (payment.status() == PaymentStatus.CANCELLED) {
            throw Problems.refused(
                    HttpStatus.CONFLICT, "this payment was cancelled, so it cannot be confirmed: make a new one");
        }
        return PaymentView.of(payment);
    }

    private static Payment existing(String id, Optional<Payment> payment) {
        return payment.orElseThrow(() -> noSuchPayment(id));
    }

    private static UUID paymentId(String id) {
        return PathId.of(id).orElseThrow(() -> noSuchPayment(id));
    }

    private static RuntimeException noSuchPayment(String id) {
        return Problems.notFound("there is no payment %s of yours".formatted(PathId.shown(id)));
    }
}
