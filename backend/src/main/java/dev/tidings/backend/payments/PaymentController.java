package dev.tidings.backend.payments;

import dev.tidings.backend.idempotency.IdempotentWrites;
import dev.tidings.backend.idempotency.WriteResult;
import dev.tidings.backend.identity.Access;
import dev.tidings.backend.identity.OpenPath;
import dev.tidings.backend.lists.ListPage;
import dev.tidings.backend.lists.ListRequest;
import dev.tidings.backend.payments.Payments.Confirmation;
import dev.tidings.backend.requests.JsonBody;
import dev.tidings.backend.requests.PathId;
import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import dev.tidings.tokens.Identity;
import dev.tidings.tokens.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves payments to students, the payment provider and operators. */
@RestController
class PaymentController {
    private static final Logger log = LoggerFactory.getLogger(PaymentController.class);
    private static final byte[] NO_BODY = {};

    private final Payments payments;
    private final IdempotentWrites writes;
    private final PaymentSignature signature;
    /** True outside of production, for demonstrations and tests without a payment provider. */
    private final boolean studentsMayConfirm;

    PaymentController(Payments payments, IdempotentWrites writes, PaymentSignature signature, Environment environment) {
        this.payments = payments;
        this.writes = writes;
        this.signature = signature;
        this.studentsMayConfirm = !environment.acceptsProfiles(Profiles.of("production"));
        if (!studentsMayConfirm && !signature.isConfigured()) {
            log.warn("TIDINGS_PAYMENT_WEBHOOK_SECRET is not set: in profile production no payment can be confirmed");
        }
    }

    @Bean
    static OpenPath confirmationTakesASignature() {
        return OpenPath.withOtherProof("/api/v1/payments/[0-9a-fA-F-]{36}/confirm");
    }

    @PostMapping(path = "/api/v1/payments", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> create(Identity caller, HttpServletRequest request, JsonBody body) {
        Access.require(caller, Role.STUDENT);
        PaymentForm.PaymentRequest newPayment = PaymentForm.read(body.json());
        return writes.run(caller, request, body.bytes(), () -> {
            Payment payment = payments.create(caller.userId(), newPayment);
            return WriteResult.created(URI.create("/api/v1/payments/" + payment.id()), PaymentView.of(payment));
        });
    }

    @GetMapping("/api/v1/payments")
    ListPage<PaymentView> list(Identity caller, ListRequest page) {
        return page.page(payments.page(caller.userId(), page.before(), page.rows()), Payment::id, PaymentView::of);
    }

    @GetMapping("/api/v1/payments/{id}")
    PaymentView read(Identity caller, @PathVariable String id) {
        return PaymentView.of(existing(id, payments.find(paymentId(id), caller.userId())));
    }

    /** Confirms a payment: by the signature of the payment provider or, outside of production, by the token of the student. */
    @PostMapping("/api/v1/payments/{id}/confirm")
    ResponseEntity<?> confirm(
            Optional<Identity> caller, HttpServletRequest request, @PathVariable String id, @Nullable JsonBody body) {
        if (body != null && signature.isOf(body.bytes(), request.getHeader(PaymentSignature.HEADER))) {
            return confirmByProvider(id, body);
        }
        if (request.getHeader(PaymentSignature.HEADER) != null || caller.isEmpty()) {
            throw Problems.refused(
                    HttpStatus.UNAUTHORIZED,
                    studentsMayConfirm
                            ? "send the student's token, or sign the body as the payment provider does (%s)"
                                    .formatted(PaymentSignature.HEADER)
                            : "sign the body as the payment provider does (%s)".formatted(PaymentSignature.HEADER));
        }
        if (!studentsMayConfirm) {
            throw Problems.refused(
                    HttpStatus.FORBIDDEN,
                    "only the payment provider confirms a payment: the course appears when it is paid");
        }
        Identity student = caller.get();
        Access.require(student, Role.STUDENT);
        UUID paymentId = paymentId(id);
        return writes.run(
                student,
                request,
                body == null ? NO_BODY : body.bytes(),
                () -> WriteResult.ok(succeeded(existing(id, payments.confirmByStudent(paymentId, student.userId())))));
    }

    private ResponseEntity<?> confirmByProvider(String id, JsonBody body) {
        UUID paymentId = paymentId(id);
        if (!body.json().path("paymentId").stringValue("").equalsIgnoreCase(id)) {
            throw Problems.invalid(List.of(new FieldError("paymentId", "must be the payment of the path")));
        }
        return ResponseEntity.ok(succeeded(existing(id, payments.confirmByProvider(paymentId))));
    }

    @PostMapping("/api/v1/payments/{id}/cancel")
    ResponseEntity<String> cancel(Identity caller, HttpServletRequest request, @PathVariable String id) {
        UUID paymentId = paymentId(id);
        return writes.run(caller, request, NO_BODY, () -> {
            Payment payment = existing(id, payments.cancel(paymentId, caller.userId()));
            if (payment.status() != PaymentStatus.CANCELLED) {
                throw Problems.refused(HttpStatus.CONFLICT, "this payment succeeded, so it cannot be cancelled");
            }
            return WriteResult.ok(PaymentView.of(payment));
        });
    }

    /** Lists paid payments without a purchase, which operators must settle. A page may be short, or empty, and have a next one. */
    @GetMapping("/api/v1/admin/payments/without-purchase")
    ListPage<PaymentView> withoutPurchase(Identity caller, ListRequest page) {
        Access.requireOperator(caller);
        return page.page(
                payments.withoutPurchase(page.before(), page.rows()),
                Payment::id,
                PaymentView::of,
                payments.readUpTo(page.before()).orElse(null));
    }

    private static PaymentView succeeded(Confirmation confirmation) {
        return switch (confirmation) {
            case Confirmation.SucceededPayment(Payment payment) -> PaymentView.of(payment);
            // Status 200 stops the retries of the provider; the body has the status cancelled.
            case Confirmation.RejectedBefore(Payment payment) -> PaymentView.of(payment);
            case Confirmation.RejectedPayment(String why, String code) ->
                throw Problems.refused(HttpStatus.CONFLICT, why, code);
        };
    }

    private static <T> T existing(String id, Optional<T> payment) {
        return payment.orElseThrow(() -> noSuchPayment(id));
    }

    private static UUID paymentId(String id) {
        return PathId.of(id).orElseThrow(() -> noSuchPayment(id));
    }

    private static RuntimeException noSuchPayment(String id) {
        return Problems.notFound("there is no payment %s of yours".formatted(PathId.shown(id)));
    }
}
