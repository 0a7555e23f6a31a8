package dev.tidings.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.tidings.systemtests.browser.Accessibility.assertInLightAndDark;
import static dev.tidings.systemtests.browser.Accessibility.tabTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.tidings.systemtests.browser.InBrowser;
import dev.tidings.systemtests.browser.PageLedger;
import dev.tidings.systemtests.browser.People;
import dev.tidings.systemtests.browser.Person;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** R-OP-1: the lists of the operator's console, what can be done there, and what is said when it cannot be done. */
@InBrowser
class OperatorsActInTheConsoleIT {
    private static final int PHONE_WIDTH = 360;
    private static final int PHONE_HEIGHT = 740;
    private static final String SCRIPT = "<img src=x onerror=alert(1)>";

    private final Stack stack;
    private final People people;
    private final String operator = Users.named("olga");
    private final String type = "TYPE-" + UUID.randomUUID();

    OperatorsActInTheConsoleIT(Stack stack, People people) {
        this.stack = stack;
        this.people = people;
    }

    @Test
    void aConnectionIsShownClosedOnceAndComesBackByItself() {
        Person user = people.signedIn(Users.named("watched"), "user");
        Person person = people.signedIn(operator, "operator");
        Page page = open(person, "/console/connections?user=" + encoded(user.user()));
        Locator row = page.locator("console-connections tbody tr");
        assertThat(row).hasCount(1);
        assertThat(row).containsText("Chrome on Linux");
        assertThat(row).containsText("user:" + user.user());
        String id = String.valueOf(row.getAttribute("data-id"));

        PageLedger ledger = PageLedger.of(page);
        row.getByText("Close").click();
        row.getByText("Yes, close").click();
        ledger.awaitToast("success", "The connection was closed");
        assertThat(page.locator("console-connections tbody tr:not([data-id='%s'])".formatted(id)))
                .hasCount(1);
        user.awaitLive();
        assertThat(actions(id))
                .containsExactly("operator.connection.close requested", "operator.connection.close closed");

        page.navigate("/console/connections?user=" + encoded(Users.named("nobody")));
        assertThat(page.locator("console-connections .empty")).hasText("This user is not connected.");
    }

    @Test
    void aDeadLetterIsShownAsTextReplayedAndDiscarded() {
        letters(2);
        Person person = people.signedIn(operator, "operator");
        Page page = open(person, "/console/dead-letters?eventType=" + type);
        Locator rows = page.locator("console-dead-letters tbody tr");
        assertThat(rows).hasCount(2);
        assertThat(rows.first()).containsText(SCRIPT);
        rows.first().getByText(type).click();
        Locator letter = page.locator("[data-letter]");
        assertThat(letter.locator(".payload")).containsText(SCRIPT);
        assertThat(letter.locator(".payload")).containsText("\"shippingAddress\":\"***\"");
        assertThat(page.locator(".console img, .console script")).hasCount(0);
        person.screenshot("console-dead-letters");

        PageLedger ledger = PageLedger.of(page);
        rows.first().getByText("Replay").click();
        assertThat(letter).containsText(operator + ": replay, failed again");
        String id = String.valueOf(rows.first().getAttribute("data-id"));
        rows.first().getByText("Discard").click();
        people.expectComplaint("status of 404"); // the details are gone
        rows.first().getByText("Yes, discard").click();
        ledger.awaitToast("success", "The dead letter was discarded");
        assertThat(rows).hasCount(1);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("There is no such dead letter");
        assertThat(actions(id).getLast()).isEqualTo("operator.dead_letter.discard discarded");
    }

    @Test
    void allOfAFilterAreDiscardedOnceAlthoughTheAnswerIsLost() {
        people.expectComplaint("ERR_FAILED");
        letters(70);
        Person person = people.signedIn(operator, "operator");
        Page page = open(person, "/console/dead-letters?eventType=" + type);
        assertThat(page.locator("console-dead-letters tbody tr")).hasCount(50);
        AtomicBoolean isLost = new AtomicBoolean();
        page.route("**/api/v1/admin/dead-letter-jobs", route -> {
            if (route.request().method().equals("POST") && isLost.compareAndSet(false, true)) {
                route.fetch();
                route.abort();
            } else {
                route.resume();
            }
        });

        PageLedger ledger = PageLedger.of(page);
        page.getByText("Discard all of this filter").click();
        page.getByText("Yes, discard").click();
        ledger.awaitToast(
                "error", "The service cannot be reached just now. Nothing was changed; try again in a moment.");
        // The page has asked again meanwhile, and shows what became of it.
        assertThat(page.locator("[aria-labelledby='job']"))
                .containsText("Discard by %s: 70 of 70 handled; done.".formatted(operator));
        assertThat(page.locator("console-dead-letters .empty")).hasText("No dead letter is open.");
        assertThat(stack.database().number("SELECT count(*) FROM dead_letter_job WHERE event_type = ?", type))
                .isOne();
    }

    @Test
    void anOutageAndAnExpiredTokenAreSaidAndThePageGoesOnAfterwards() {
        people.expectComplaint("ERR_FAILED");
        people.expectComplaint("status of 401");
        letters(1);
        Person person = people.signedIn(operator, "operator");
        Page page = open(person, "/console/dead-letters?eventType=" + type);
        Locator rows = page.locator("console-dead-letters tbody tr");
        assertThat(rows).hasCount(1);

        page.route("**/api/v1/admin/**", Route::abort);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("This may be out of date");
        assertThat(rows).hasCount(1);
        page.unroute("**/api/v1/admin/**");
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);

        page.route("**/api/v1/admin/**", route -> route.fulfill(new Route.FulfillOptions().setStatus(401)));
        assertThat(page.locator("[data-ended]")).containsText("Your session has ended");
        assertThat(rows).hasCount(1);
    }

    @Test
    void theChainOfTheAuditLogIsCheckedAndTheResultStays() {
        Person person = people.signedIn(operator, "admin");
        Page page = open(person, "/console/audit");
        page.getByText("Check the chain").click();

        Locator result = page.locator("[data-check] [role='status']");
        assertThat(result).containsText("The chain is ");
        assertThat(page.locator("[data-check]")).containsText("Checked at");
        page.locator(".tabs").getByText("Waiting").click();
        assertThat(page.locator("console-waiting h1")).isFocused();
        page.locator(".tabs").getByText("Audit").click();
        assertThat(result).containsText("The chain is ");
    }

    @Test
    void everyListCanBeReadByEverybodyOnAPhoneAndByKeyboard() {
        letters(1);
        people.signedIn(Users.named("connected"), "user");
        Person person = people.signedIn(operator, "operator");
        Page page = open(person, "/console/dead-letters?eventType=" + type);
        page.locator("console-dead-letters tbody a").first().click();
        assertThat(page.locator("[data-letter]")).isVisible();
        assertInLightAndDark(page);
        tabTo(page, page.getByLabel("Replay " + type), 60);
        tabTo(page, page.getByLabel("Discard " + type).first(), 5);
        page.keyboard().press("Enter");
        assertThat(page.getByText("Yes, discard")).isVisible();

        page.setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);
        for (String name : List.of("connections", "dead-letters", "rejected-events", "waiting", "payments", "audit")) {
            page.navigate("/console/" + name);
            assertThat(page.locator(".console [aria-busy='true']")).hasCount(0);
            assertInLightAndDark(page);
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .as(name)
                    .isEqualTo(PHONE_WIDTH);
            person.screenshot("phone-console-" + name);
        }
    }

    @Test
    void othersAreToldThatTheConsoleIsNotForThem() {
        Page page = open(people.signedIn(Users.named("curious"), "student"), "/console/dead-letters");

        assertThat(page.locator("main")).containsText("role admin or operator");
    }

    private static Page open(Person person, String path) {
        person.page().navigate(path);
        return person.page();
    }

    /** Open dead letters of purchase-worker, which rejects them again: there is no such payment. */
    private void letters(int number) {
        stack.database()
                .update(
                        """
                        INSERT INTO dead_letter (id, event_source, event_id, event_type, topic, consumer, error, attempts, event,
                                                 status, received_at, changed_at)
                        SELECT ('00000000-0000-7000-8000-' || lpad(to_hex((random() * 1e12)::bigint), 12, '0'))::uuid, 'backend',
                               ? || n, ?, 'purchase-confirmed', 'purchase-worker', ?, 4,
                               json_build_object('specversion', '1.0', 'id', ? || n, 'source', 'backend', 'type', 'PURCHASE_CONFIRMED',
                                   'time', '2026-02-07T12:00:00.000Z', 'datacontenttype', 'application/json', 'data',
                                   json_build_object('type', 'PURCHASE_CONFIRMED', 'timestamp', 1770465600000, 'studentId', 'ada',
                                       'paymentId', gen_random_uuid(), 'correlationId', ?, 'note', ?, 'shippingAddress', '12 St James'))::text,
                               'open', now(), now()
                        FROM generate_series(1, ?) n
                        """,
                        type + "-",
                        type,
                        "it says " + SCRIPT,
                        type + "-",
                        UUID.randomUUID().toString(),
                        SCRIPT,
                        number);
    }

    /** What the audit log says was done to it, oldest first. */
    private List<String> actions(String target) {
        return stack.database().rows("""
                        SELECT event_type || ' ' || (payload::json ->> 'outcome') FROM audit_log
                        WHERE topic = 'operator-actions' AND payload::json ->> 'target' = ? ORDER BY number
                        """, target);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
