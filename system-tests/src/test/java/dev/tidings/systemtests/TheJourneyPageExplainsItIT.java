package dev.tidings.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.tidings.systemtests.browser.Accessibility.assertInLightAndDark;
import static dev.tidings.systemtests.browser.Accessibility.tabTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.tidings.systemtests.browser.InBrowser;
import dev.tidings.systemtests.browser.People;
import dev.tidings.systemtests.browser.Person;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.BusEvent;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** R-OP-1, R-OP-2: the page of the console that says why a screen did not update. */
@InBrowser
class TheJourneyPageExplainsItIT {
    private static final int PHONE_WIDTH = 360;
    private static final int PHONE_HEIGHT = 740;
    private static final String SCRIPT = "<img src=x onerror=alert(1)>";

    private final Stack stack;
    private final People people;
    private final String user = Users.named("asked");
    private final String token;

    TheJourneyPageExplainsItIT(Stack stack, People people) {
        this.stack = stack;
        this.people = people;
        this.token = stack.tokens().of(user);
    }

    @Test
    void anIdIsEnteredByKeyboardAndLinksLeadFromTheOrderToItsEventAndItsUser() {
        String order = stack.orders().create(token);
        stack.database().awaitLogged(user, 2); // with its notification
        Person person = people.signedIn(Users.named("operator"), "operator");
        Page page = person.page();
        page.navigate("/console/journey");
        tabTo(page, page.getByLabel("Id to look for"), 30);
        page.keyboard().type(order);
        page.keyboard().press("Enter");

        assertThat(verdict(page)).hasAttribute("data-code", "user_offline");
        assertThat(page.locator(".console tbody tr")).hasCount(2);
        assertThat(page).hasURL("%s/console/journey?id=%s".formatted(stack.backend(), order));
        page.locator(".console tbody").getByText("order.created").click();
        assertThat(page.locator("[data-stage=committed]")).containsText("backend");
        assertThat(page.locator("[data-stage=logged]")).hasCount(2);
        assertThat(page.locator(".links")).containsText("notification.created");
        assertInLightAndDark(page);
        person.screenshot("console-journey-dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        person.screenshot("console-journey-light");
        page.setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isEqualTo(PHONE_WIDTH);
        person.screenshot("console-journey-phone");

        page.locator(".facts").getByText(user).click();
        assertThat(verdict(page)).containsText("No open connection");
        assertInLightAndDark(page);
        person.screenshot("console-journey-user");
    }

    @Test
    void theVerdictChangesByItselfWhileTheEventIsOnItsWay() {
        try (SocketClient socket = stack.replica(1).connect(token)) {
            Page page = people.signedIn(Users.named("operator"), "operator").page();
            String task = stack.tasks().create(token, "watched");
            String cursor = socket.ledger().awaitTitle("watched").cursor();
            page.navigate("/console/journey?id=" + task);
            assertThat(verdict(page)).not().hasAttribute("data-outcome", "delivered");

            socket.send("{\"type\":\"ping\",\"cursor\":\"%s\"}".formatted(cursor));
            assertThat(verdict(page)).hasAttribute("data-code", "delivered");
            assertThat(page.locator("[data-stage=acknowledged]")).containsText("acknowledged by");
        }
    }

    @Test
    void whatIsInAnEventIsShownAsTextAndUnknownIdsAreSaidToBeUnknown() {
        BusEvent event = BusEvent.business(SCRIPT, user).with("userId", user);
        stack.publisher().publish(event);
        await("the event in the audit log")
                .until(() ->
                        stack.database().number("SELECT count(*) FROM audit_log WHERE event_id = ?", event.id()) == 1);
        Person person = people.signedIn(Users.named("operator"), "operator");
        people.expectComplaint("404");
        Page page = person.page();
        page.navigate("/console/journey");
        search(page, event.id());
        assertThat(page.locator(".facts")).containsText(SCRIPT);
        assertThat(page.locator(".console img, .console script")).hasCount(0);

        search(page, Users.named("nobody"));
        assertThat(page.locator("[role=alert]")).containsText("Nothing has the id 'nobody-");
        person.screenshot("console-journey-unknown");
    }

    /** The demo's sign-in would renew the token, so this page is without it. From a moment on, its token has expired. */
    @Test
    void anOperatorWhoseTokenEndsKeepsWhatIsShownAndIsAskedToSignInAgain() {
        AtomicBoolean isExpired = new AtomicBoolean();
        String expired = "Bearer " + stack.tokens().of("op", Role.OPERATOR, Duration.ofMinutes(-5));
        stack.tasks().create(token, "kept");
        stack.database().awaitLogged(user, 1);
        people.expectComplaint("401");
        BrowserContext context = people.newContext();
        context.route("**/config.json", route -> {
            APIResponse answer = route.fetch();
            route.fulfill(new Route.FulfillOptions()
                    .setResponse(answer)
                    .setBody(answer.text().replace("\"demoSignIn\":true", "\"demoSignIn\":false")));
        });
        context.route("**/admin/journeys*", route -> {
            Map<String, String> headers = new HashMap<>(route.request().headers());
            if (isExpired.get()) {
                headers.put("authorization", expired);
            }
            route.resume(new Route.ResumeOptions().setHeaders(headers));
        });
        Page page = context.newPage();
        page.navigate("/console/journey?id=" + user);
        page.getByLabel("Access token").fill(stack.tokens().of("op", Role.OPERATOR));
        page.keyboard().press("Enter");
        assertThat(verdict(page)).hasAttribute("data-code", "user_offline");

        isExpired.set(true);
        page.getByText("Look again").click();
        assertThat(page.locator("[data-ended]")).containsText("Your session has ended");
        assertThat(verdict(page)).isVisible();
        page.locator("[data-ended] button").click();
        isExpired.set(false);
        page.getByLabel("Access token").fill(stack.tokens().of("op", Role.OPERATOR));
        page.keyboard().press("Enter");
        assertThat(verdict(page)).hasAttribute("data-code", "user_offline");
        assertThat(page.locator("[data-ended]")).hasCount(0);
    }

    private static void search(Page page, String id) {
        page.getByLabel("Id to look for").fill(id);
        page.keyboard().press("Enter");
    }

    private static Locator verdict(Page page) {
        return page.locator(".verdict");
    }
}
