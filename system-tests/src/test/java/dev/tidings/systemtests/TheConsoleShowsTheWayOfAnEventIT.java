package dev.tidings.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.tidings.systemtests.browser.Accessibility;
import dev.tidings.systemtests.browser.InBrowser;
import dev.tidings.systemtests.browser.People;
import dev.tidings.systemtests.browser.Person;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** R-OP-1: operators see how each step of the way of an event is, live, and what to do when the page cannot know. */
@InBrowser
@Order(Integer.MAX_VALUE - 4)
class TheConsoleShowsTheWayOfAnEventIT {
    private static final List<String> SUB_PAGES =
            List.of("journey", "connections", "dead-letters", "rejected-events", "waiting", "payments", "audit");

    private static final String ADMIN_API = "**/api/v1/admin/overview**";

    private final Stack stack;
    private final People people;

    TheConsoleShowsTheWayOfAnEventIT(Stack stack, People people) {
        this.stack = stack;
        this.people = people;
    }

    @Test
    void theOverviewIsLiveOverTheSocketAndShowsEveryStep() {
        String user = Users.named("busy");
        stack.tasks().create(stack.tokens().of(user, Role.USER), "Be seen");
        Person operator = people.signedIn(Users.named("operator"), "operator");
        Page page = operator.goTo("Console");

        page.waitForFunction("""
                () => {
                  const { tidings } = document.querySelector('tidings-app').session;
                  globalThis.snapshots ??= (tidings.on('console_snapshot', () => globalThis.count++), globalThis.count = 0, true);
                  return globalThis.count >= 2;
                }""");
        assertThat(page.locator("[data-silent]")).hasCount(0);
        for (String step : List.of("outbox", "broker", "consumer", "log", "replica", "screen", "failed")) {
            assertThat(page.locator("[data-step=" + step + "] .node").first()).isVisible();
        }
        assertThat(page.locator("[data-id=outbox-backend]")).containsText("published");
        for (String step : List.of("outbox", "consumer", "log", "replica")) {
            assertThat(page.locator("[data-step=" + step + "]")).not().containsText("No replica answers");
        }
        assertThat(page.locator("console-chart canvas")).hasCount(6);
        screenshots(operator);
    }

    @Test
    void whileTheServiceIsAwayThePageSaysSoAndRecoversByItself() {
        people.expectComplaint("Failed to load resource");
        Page page = people.signedIn(Users.named("operator"), "operator").goTo("Console");
        assertThat(page.locator(".state-line")).isVisible();

        page.route(ADMIN_API, Route::abort);
        assertThat(alert(page)).containsText("This may be out of date: The service cannot be reached just now.");
        assertThat(page.locator(".state-line")).isVisible();

        page.unroute(ADMIN_API);
        assertThat(alert(page)).hasCount(0);
    }

    @Test
    void anOperatorWhoseTokenIsNoLongerAcceptedIsToldAndComesBackToThePage() {
        people.expectComplaint("status of 401");
        String operator = Users.named("operator");
        Page page = people.signedIn(operator, "operator").goTo("Console");
        assertThat(page.locator(".state-line")).isVisible();

        page.route(
                ADMIN_API,
                route -> route.fulfill(new Route.FulfillOptions().setStatus(401).setBody("{}")));
        assertThat(alert(page)).containsText("Your session has ended");
        page.unroute(ADMIN_API);
        page.getByText("Sign in again", new Page.GetByTextOptions().setExact(true))
                .click();
        page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("User"))
                .fill(operator);
        page.getByLabel("Role").selectOption("operator");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Sign in").setExact(true))
                .click();

        assertThat(page).hasTitle("Console · Tidings");
        assertThat(page.locator(".state-line")).isVisible();
    }

    @Test
    void theConsoleIsForOperatorsAndAdministratorsOnly() {
        assertThat(people.signedIn(Users.named("admin"), "admin")
                        .goTo("Console")
                        .locator(".tabs"))
                .isVisible();
        Person student = people.signedIn(Users.named("student"), "student");
        assertThat(student.page().locator(".menu").getByText("Console")).hasCount(0);

        Page linked = student.openTab("/console/journey?id=1");

        assertThat(linked.locator("main")).containsText("This page is for the role admin or operator");
    }

    @Test
    void axeFindsNothingSeriousOnAnyPageOfTheConsoleAndAPhoneShowsThemWhole() {
        Page page = people.signedIn(Users.named("operator"), "operator").goTo("Console");
        assertThat(page.locator(".state-line")).isVisible();
        Accessibility.assertInLightAndDark(page);
        page.setViewportSize(360, 740);
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isEqualTo(360);
        for (String name : SUB_PAGES) {
            page.navigate("/console/" + name);
            assertThat(page.locator(".console h1")).isVisible();
            assertThat(page.locator(".console [aria-busy=true]")).hasCount(0);
            Accessibility.assertInLightAndDark(page);
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .as(name)
                    .isEqualTo(360);
        }
    }

    private static void screenshots(Person operator) {
        operator.screenshot("console-light");
        operator.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        operator.screenshot("console-dark");
        operator.page().setViewportSize(360, 740);
        operator.screenshot("console-phone");
    }

    private static Locator alert(Page page) {
        return page.locator(".console [role=alert]");
    }
}
