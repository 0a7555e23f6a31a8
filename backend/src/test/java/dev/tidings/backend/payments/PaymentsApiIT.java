package dev.tidings.backend.payments;

import static dev.tidings.backend.Tutoring.atOnce;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.backend.Tutoring;
import dev.tidings.devkit.Infrastructure;
import dev.tidings.tokens.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** R-PF-1: payments over HTTP, on the real database, without a sidecar. */
class PaymentsApiIT {
    private static final String SECRET = "s".repeat(32);
    private static RunningBackend backend;
    private static Tutoring tutoring;
    private static String course = "";

    private final String student = "student-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        backend = RunningBackend.on(
                Infrastructure.shared().freshDatabase().backend(),
                "--tidings.sidecar.http-port=1",
                "--tidings.sidecar.grpc-port=1",
                "--tidings.payments.webhook-secret=" + SECRET);
        tutoring = new Tutoring(backend);
        course = tutoring.course();
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void aPaymentIsPendingUntilItIsConfirmedAndThenTheBusIsTold() {
        String start = LocalDate.now(ZoneOffset.UTC).plusDays(3).toString();
        Reply created = post(
                "/api/v1/payments",
                "{\"courseId\": \"%s\", \"purchaseTier\": 30, \"timeSlot\": \"16:00\", \"startDate\": \"%s\", \"timeZone\": \"Europe/Berlin\"}"
                        .formatted(course, start));

        assertThat(created.status()).as(created.response().body()).isEqualTo(201);
        String id = created.json().path("paymentId").stringValue();
        assertThat(created.header("Location")).isEqualTo("/api/v1/payments/" + id);
        assertThat(created.json().path("status").stringValue()).isEqualTo("pending");
        assertThat(created.response().body()).contains("\"amount\":750.00");
        assertThat(created.json().path("timeZone").stringValue()).isEqualTo("Europe/Berlin");
        assertThat(backend.events(student)).isEmpty();

        Reply confirmed = post("/api/v1/payments/" + id + "/confirm", null);
        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(confirmed.json().path("paymentId").stringValue()).isEqualTo(id);
        assertThat(confirmed.json().path("status").stringValue()).isEqualTo("succeeded");
        assertThat(post("/api/v1/payments/" + id + "/confirm", "{}").json()).isEqualTo(confirmed.json());
        assertThat(get("/api/v1/payments/" + id).json()).isEqualTo(confirmed.json());
        assertThat(get("/api/v1/payments").json().path("items").size()).isOne();

        assertThat(backend.events(student)).singleElement().satisfies(event -> {
            assertThat(event.path("type").stringValue()).isEqualTo("PURCHASE_CONFIRMED");
            assertThat(event.path("correlationId").stringValue()).isEqualTo(id);
            assertThat(event.path("paymentId").stringValue()).isEqualTo(id);
            assertThat(event.path("studentId").stringValue()).isEqualTo(student);
            JsonNode metadata = event.path("metadata");
            assertThat(metadata.path("courseId").stringValue()).isEqualTo(course);
            assertThat(metadata.path("sessionCount").intValue()).isEqualTo(30);
            assertThat(metadata.path("timeSlot").stringValue()).isEqualTo("16:00");
            assertThat(metadata.path("startDate").stringValue()).isEqualTo(start);
        });
    }

    @Test
    void withoutStartDateAndTimeZoneItBeginsTomorrowInTheZoneOfTheCourse() {
        JsonNode payment = create().json();

        assertThat(payment.path("timeZone").stringValue()).isEqualTo("UTC");
        assertThat(LocalDate.parse(payment.path("startDate").stringValue()))
                .isBetween(
                        LocalDate.now(ZoneOffset.UTC),
                        LocalDate.now(ZoneOffset.UTC).plusDays(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "courseId     | \"no-such-course\"",
                "courseId     | \"\"",
                "courseId     | 7",
                "courseId     | null",
                "purchaseTier | 15",
                "purchaseTier | 0",
                "purchaseTier | -10",
                "purchaseTier | 10.0",
                "purchaseTier | \"10\"",
                "purchaseTier | null",
                "timeSlot     | \"25:00\"",
                "timeSlot     | \"16:60\"",
                "timeSlot     | \"4pm\"",
                "timeSlot     | \"16:00:00\"",
                "timeSlot     | 16",
                "timeSlot     | null",
                "startDate    | \"2020-01-01\"",
                "startDate    | \"2999-01-01\"",
                "startDate    | \"2027-02-30\"",
                "startDate    | \"tomorrow\"",
                "startDate    | 20270101",
                "timeZone     | \"Europe/Atlantis\"",
                "price        | 1",
            })
    void aWrongFieldIsNamed(String field, String value) {
        String body = "{\"courseId\": \"%s\", \"purchaseTier\": 10, \"timeSlot\": \"16:00\"}".formatted(course);
        Reply reply = post("/api/v1/payments", with(body, field, value));

        assertThat(reply.status()).as(reply.response().body()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.blamed()).containsExactly(field);
        assertThat(get("/api/v1/payments").json().path("items").size()).isZero();
    }

    @Test
    void aSlotThatIsOverOnTheStartDateIsInThePast() {
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        Reply reply = post(
                "/api/v1/payments",
                "{\"courseId\": \"%s\", \"purchaseTier\": 10, \"timeSlot\": \"00:00\", \"startDate\": \"%s\"}"
                        .formatted(course, today));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.blamed()).hasSize(1).isSubsetOf("timeSlot", "startDate");
    }

    @Test
    void everyWrongFieldIsNamedAtOnce() {
        assertThat(post("/api/v1/payments", "{\"colour\": \"red\"}").blamed())
                .containsExactly("colour", "courseId", "purchaseTier", "timeSlot");
    }

    @Test
    void aTierThatIsNotSoldAndACourseThatIsNotOnOfferCannotBeBought() {
        String other = tutoring.course();
        backend.jdbc()
                .sql("DELETE FROM course_tiers WHERE course_id = :id AND tier = 30")
                .param("id", other)
                .update();
        assertThat(create(other, 30).blamed()).containsExactly("purchaseTier");
        backend.jdbc()
                .sql("UPDATE courses SET is_active = false WHERE id = :id")
                .param("id", other)
                .update();
        assertThat(create(other, 10).blamed()).containsExactly("courseId");
    }

    @Test
    void aCourseThatTheStudentHasAlreadyCannotBeBought() {
        tutoring.purchase(student, course, 10);

        Reply reply = create();

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void onlyStudentsBuyAndOnlyTheirOwnPaymentsExist() {
        String id = create().json().path("paymentId").stringValue();
        String body = "{\"courseId\": \"%s\", \"purchaseTier\": 10, \"timeSlot\": \"16:00\"}".formatted(course);

        for (Role role : List.of(Role.TRAINER, Role.USER, Role.ADMIN)) {
            assertThat(backend.send(role, student, "POST", "/api/v1/payments", body)
                            .status())
                    .isEqualTo(403);
        }
        for (String path : List.of("/confirm", "/cancel")) {
            assertThat(backend.send(Role.STUDENT, "thief", "POST", "/api/v1/payments/" + id + path, null)
                            .status())
                    .isEqualTo(404);
        }
        assertThat(backend.send(Role.STUDENT, "thief", "GET", "/api/v1/payments/" + id, null)
                        .status())
                .isEqualTo(404);
        assertThat(get("/api/v1/payments/" + id).json().path("status").stringValue())
                .isEqualTo("pending");
        assertThat(post("/api/v1/payments/" + UUID.randomUUID() + "/confirm", null)
                        .status())
                .isEqualTo(404);
        assertThat(post("/api/v1/payments/7/confirm", null).status()).isEqualTo(404);
    }

    @Test
    void aCancelledPaymentCannotBeConfirmedNorASucceededOneCancelled() {
        String cancelled = create().json().path("paymentId").stringValue();
        assertThat(post("/api/v1/payments/" + cancelled + "/cancel", null).status())
                .isEqualTo(200);
        assertThat(post("/api/v1/payments/" + cancelled + "/cancel", null).status())
                .isEqualTo(200);
        assertThat(post("/api/v1/payments/" + cancelled + "/confirm", null).status())
                .isEqualTo(409);
        assertThat(byProvider(cancelled, signed("paymentId", cancelled)).status())
                .isEqualTo(409);
        assertThat(backend.events(student)).isEmpty();

        String succeeded = create().json().path("paymentId").stringValue();
        post("/api/v1/payments/" + succeeded + "/confirm", null);
        assertThat(post("/api/v1/payments/" + succeeded + "/cancel", null).status())
                .isEqualTo(409);
        assertThat(backend.events(student)).hasSize(1);
    }

    @Test
    void theProviderConfirmsWithASignatureThatIsGoodForThatPaymentOnly() {
        String id = create().json().path("paymentId").stringValue();
        String other = create().json().path("paymentId").stringValue();
        Signed good = signed("paymentId", id);

        assertThat(byProvider(id, new Signed(good.body(), null)).status()).isEqualTo(401);
        assertThat(byProvider(id, new Signed(good.body(), "zz")).status()).isEqualTo(401);
        assertThat(byProvider(id, new Signed(good.body() + " ", good.signature()))
                        .status())
                .isEqualTo(401);
        assertThat(byProvider(other, good).blamed()).containsExactly("paymentId");
        assertThat(byProvider(other, signed("event", "paid")).status()).isEqualTo(400);
        String unknown = UUID.randomUUID().toString();
        assertThat(byProvider(unknown, signed("paymentId", unknown)).status()).isEqualTo(404);
        assertThat(backend.events(student)).isEmpty();

        assertThat(byProvider(id, good).json().path("status").stringValue()).isEqualTo("succeeded");
        assertThat(byProvider(id, new Signed(good.body(), "sha256=" + good.signature()))
                        .status())
                .isEqualTo(200);
        assertThat(backend.events(student)).hasSize(1);
    }

    @Test
    void confirmedByManyAtOnceThePaymentSucceedsOnce() throws Exception {
        String id = create().json().path("paymentId").stringValue();
        Signed good = signed("paymentId", id);

        List<Reply> replies =
                atOnce(30, i -> i % 2 == 0 ? post("/api/v1/payments/" + id + "/confirm", null) : byProvider(id, good));

        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().path("status").stringValue()).isEqualTo("succeeded");
        });
        assertThat(backend.events(student)).hasSize(1);
    }

    @Test
    void confirmedAndCancelledAtOnceOneOfTheTwoHappens() throws Exception {
        for (int round = 0; round < 10; round++) {
            String id = create().json().path("paymentId").stringValue();
            int before = backend.events(student).size();

            List<Reply> replies =
                    atOnce(2, i -> post("/api/v1/payments/" + id + (i == 0 ? "/confirm" : "/cancel"), null));

            assertThat(replies).extracting(Reply::status).containsExactlyInAnyOrder(200, 409);
            assertThat(backend.events(student))
                    .hasSize(before + (replies.getFirst().status() == 200 ? 1 : 0));
        }
    }

    @Test
    void aRepeatWithTheSameKeyMakesNoSecondPayment() throws Exception {
        String body = "{\"courseId\": \"%s\", \"purchaseTier\": 10, \"timeSlot\": \"16:00\"}".formatted(course);

        List<Reply> replies = atOnce(
                10,
                _ -> backend.send(Role.STUDENT, student, "POST", "/api/v1/payments", body, "Idempotency-Key", "buy-1"));

        assertThat(replies)
                .extracting(reply -> reply.json().path("paymentId").stringValue())
                .containsOnly(replies.getFirst().json().path("paymentId").stringValue());
        assertThat(get("/api/v1/payments").json().path("items").size()).isOne();
    }

    @Test
    void onlyTheStudentsRoleConfirmsEvenWithTheSameSubject() {
        String id = create().json().path("paymentId").stringValue();

        for (Role role : List.of(Role.USER, Role.TRAINER, Role.ADMIN, Role.OPERATOR)) {
            Reply refused = backend.send(role, student, "POST", "/api/v1/payments/" + id + "/confirm", null);
            assertThat(refused.status()).as(role.wireName()).isEqualTo(403);
            assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        }
        assertThat(backend.events(student)).isEmpty();
        assertThat(post("/api/v1/payments/" + id + "/confirm", null).status()).isEqualTo(200);
    }

    @Test
    void aSecondPaymentForACourseIsRefusedAtTheConfirmationBeforeAndAfterThePurchaseIsMade() {
        String first = create().json().path("paymentId").stringValue();
        String second = create().json().path("paymentId").stringValue();
        String third = create().json().path("paymentId").stringValue();
        String other = create(tutoring.course(), 10).json().path("paymentId").stringValue();
        assertThat(confirm(first).status()).isEqualTo(200);

        assertOwned(confirm(second));
        tutoring.purchase(student, course, 10);
        assertOwned(confirm(third));
        assertThat(get("/api/v1/payments/" + third).json().path("status").stringValue())
                .isEqualTo("pending");
        assertThat(confirm(first).status()).as("confirming the first again").isEqualTo(200);
        assertThat(confirm(other).status()).as("another course").isEqualTo(200);
        assertThat(backend.events(student)).hasSize(2);
    }

    @Test
    void aPaymentThatFailedToBecomeAPurchaseBlocksTheCourseForAnHourOnly() {
        String failed = create().json().path("paymentId").stringValue();
        confirm(failed);
        backend.jdbc()
                .sql("UPDATE payments SET confirmed_at = now() - interval '61 minutes' WHERE id = :id::uuid")
                .param("id", failed)
                .update();

        assertThat(confirm(create().json().path("paymentId").stringValue()).status())
                .isEqualTo(200);
    }

    @Test
    void ofManyPaymentsForACourseThatAreConfirmedAtOnceOneSucceeds() throws Exception {
        for (int round = 0; round < 5; round++) {
            String buyer = student + "-" + round;
            List<String> ids = IntStream.range(0, 8)
                    .mapToObj(_ -> backend.send(Role.STUDENT, buyer, "POST", "/api/v1/payments", request(course, 10))
                            .json()
                            .path("paymentId")
                            .stringValue())
                    .toList();

            List<Reply> replies = atOnce(
                    8,
                    i -> i % 2 == 0
                            ? backend.send(
                                    Role.STUDENT, buyer, "POST", "/api/v1/payments/" + ids.get(i) + "/confirm", null)
                            : byProvider(ids.get(i), signed("paymentId", ids.get(i))));

            assertThat(replies)
                    .extracting(Reply::status)
                    .containsExactlyInAnyOrder(200, 409, 409, 409, 409, 409, 409, 409);
            assertThat(backend.events(buyer)).hasSize(1);
        }
    }

    @Test
    void moneyThatBuysNothingIsRefusedOnceThenAcknowledgedAndListedForOperators() {
        String first = create().json().path("paymentId").stringValue();
        String second = create().json().path("paymentId").stringValue();
        String cancelled = create().json().path("paymentId").stringValue();
        confirm(first);
        post("/api/v1/payments/" + cancelled + "/cancel", null);

        assertOwned(byProvider(second, signed("paymentId", second)));
        assertThat(byProvider(cancelled, signed("paymentId", cancelled))
                        .json()
                        .path("code")
                        .stringValue())
                .isEqualTo("PAYMENT_CANCELLED");

        for (String id : List.of(second, cancelled)) {
            Reply repeated = byProvider(id, signed("paymentId", id));
            assertThat(repeated.status()).isEqualTo(200);
            assertThat(repeated.json().path("status").stringValue()).isEqualTo("cancelled");
            assertThat(repeated.json().path("paidAt").isString()).isTrue();
            assertThat(confirm(id).status()).as("by the student").isEqualTo(409);
            assertThat(backend.send(Role.OPERATOR, "op", "GET", "/api/v1/admin/payments/without-purchase", null)
                            .json()
                            .path("items")
                            .valueStream())
                    .contains(repeated.json());
        }
        assertThat(backend.events(student)).hasSize(1);
    }

    @Test
    void inProductionTheProviderAloneConfirms() {
        try (RunningBackend production = RunningBackend.on(
                Infrastructure.shared().freshDatabase().backend(),
                "--tidings.sidecar.http-port=1",
                "--tidings.sidecar.grpc-port=1",
                "--TIDINGS_PROFILE=production",
                "--tidings.payments.webhook-secret=" + SECRET)) {
            String taught = new Tutoring(production).course();
            String id = production
                    .send(Role.STUDENT, student, "POST", "/api/v1/payments", request(taught, 10))
                    .json()
                    .path("paymentId")
                    .stringValue();
            for (Role role : Role.values()) {
                Reply refused = production.send(role, student, "POST", "/api/v1/payments/" + id + "/confirm", "{}");
                assertThat(refused.status()).as(role.wireName()).isEqualTo(403);
                assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
            }
            assertThat(byProvider(production, id, new Signed("{}", "00")).status())
                    .isEqualTo(401);
            assertThat(production.events(student)).isEmpty();

            assertThat(byProvider(production, id, signed("paymentId", id))
                            .json()
                            .path("status")
                            .stringValue())
                    .isEqualTo("succeeded");
            assertThat(production.events(student)).hasSize(1);
        }
    }

    @Test
    void operatorsSeeWhatWasPaidWithoutBecomingAPurchase() {
        String id = create().json().path("paymentId").stringValue();
        post("/api/v1/payments/" + id + "/confirm", null);

        Reply reply = backend.send(Role.OPERATOR, "op", "GET", "/api/v1/admin/payments/without-purchase", null);

        assertThat(reply.json().path("items").valueStream())
                .anySatisfy(
                        item -> assertThat(item.path("paymentId").stringValue()).isEqualTo(id));
        assertThat(get("/api/v1/admin/payments/without-purchase").status()).isEqualTo(403);
    }

    /** Almost all payments have a purchase, so a page of this list looks at a bounded number of them. */
    @Test
    void aPaymentBehindThousandsOfOthersIsFoundInBoundedPages() {
        UUID oldest = new UUID(0x7000, 0x8000_0000_0000_0000L);
        backend.jdbc().sql("""
                        INSERT INTO payments (id, student_id, course_id, purchase_tier, amount, time_slot, start_date, time_zone,
                                              status, created_at, confirmed_at)
                        SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'many', :course, 10, 1, '16:00',
                               '2030-01-01', 'Europe/Berlin', CASE n WHEN 0 THEN 'succeeded' ELSE 'pending' END, now(),
                               CASE n WHEN 0 THEN now() END
                        FROM generate_series(0, 6000) n
                        """).param("course", course).update();

        List<String> found = new ArrayList<>();
        int pages = 0;
        String cursor = "";
        do {
            JsonNode page = backend.send(
                            Role.OPERATOR,
                            "op",
                            "GET",
                            "/api/v1/admin/payments/without-purchase?limit=100&cursor=" + cursor,
                            null)
                    .json();
            page.path("items").forEach(item -> found.add(item.path("paymentId").stringValue()));
            cursor = page.path("nextCursor").asString("");
            pages++;
        } while (!cursor.isEmpty());
        assertThat(found).doesNotHaveDuplicates().endsWith(oldest.toString());
        assertThat(pages).isGreaterThan(1);
    }

    @Test
    void aTooShortSecretIsRefusedAtStart() {
        assertThatThrownBy(() -> new PaymentSignature("short")).hasMessageContaining("TIDINGS_PAYMENT_WEBHOOK_SECRET");
        assertThat(new PaymentSignature("").isOf(new byte[0], "")).isFalse();
    }

    private record Signed(String body, @Nullable String signature) {}

    private static Signed signed(String field, String value) {
        String body = "{\"%s\": \"%s\"}".formatted(field, value);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            return new Signed(body, HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Reply byProvider(String id, Signed signed) {
        return byProvider(backend, id, signed);
    }

    private static Reply byProvider(RunningBackend backend, String id, Signed signed) {
        HttpRequest.Builder request = HttpRequest.newBuilder(backend.uri("/api/v1/payments/" + id + "/confirm"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(signed.body()));
        if (signed.signature() != null) {
            request.header("X-Payment-Signature", signed.signature());
        }
        return backend.send(request.build());
    }

    private Reply create() {
        return create(course, 10);
    }

    private Reply create(String courseId, int tier) {
        return post("/api/v1/payments", request(courseId, tier));
    }

    private static String request(String courseId, int tier) {
        return "{\"courseId\": \"%s\", \"purchaseTier\": %d, \"timeSlot\": \"16:00\"}".formatted(courseId, tier);
    }

    private Reply confirm(String id) {
        return post("/api/v1/payments/" + id + "/confirm", null);
    }

    private static void assertOwned(Reply reply) {
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(409);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.json().path("code").stringValue()).isEqualTo("COURSE_OWNED");
    }

    private Reply post(String path, @Nullable String body) {
        return backend.send(Role.STUDENT, student, "POST", path, body);
    }

    private Reply get(String path) {
        return backend.send(Role.STUDENT, student, "GET", path, null);
    }

    /** The body with that field set, replaced where it is there. */
    private static String with(String body, String field, String value) {
        String cleared = body.replaceAll("\"%s\": (\"[^\"]*\"|\\d+),? ?".formatted(field), "");
        return cleared.replaceFirst("\\{", "{\"%s\": %s, ".formatted(field, value))
                .replace(", }", "}");
    }
}
