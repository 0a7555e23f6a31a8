package dev.tidings.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.tidings.systemtests.browser.InBrowser;
import dev.tidings.systemtests.browser.PageLedger;
import dev.tidings.systemtests.browser.People;
import dev.tidings.systemtests.browser.Person;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Traffic;
import dev.tidings.systemtests.stack.Users;
import org.junit.jupiter.api.Test;

/** R-OR-5: all tabs of a user hold one connection, and each shows everything once. */
@InBrowser
class TabsShareOneConnectionIT {
    private static final String LEADS = "Updates come the moment they happen";
    private static final String FOLLOWS = "Shares the connection of another tab";

    private final Stack stack;
    private final People people;
    private final String user = Users.named("tabs");

    TabsShareOneConnectionIT(Stack stack, People people) {
        this.stack = stack;
        this.people = people;
    }

    @Test
    void twoTabsHoldOneConnectionAndBothShowEverythingOnce() {
        Person person = people.signedIn(user, "user");
        Page one = person.goTo("Tasks");
        Page two = person.openTab("/tasks");
        PageLedger atOne = PageLedger.of(one);
        PageLedger atTwo = PageLedger.of(two);
        assertThat(one.locator(".status")).hasAttribute("title", LEADS);
        assertThat(two.locator(".status")).hasAttribute("title", FOLLOWS);

        Traffic traffic = Traffic.start(stack, user);
        atOne.await(20);
        atTwo.await(20);
        awaitOneConnection();
        int tasks = traffic.stop().size();

        assertShowsEverythingOnce(one, atOne, tasks);
        assertShowsEverythingOnce(two, atTwo, tasks);
        awaitOneConnection();
    }

    @Test
    void whenTheTabThatHoldsTheConnectionIsClosedInMidStreamTheOtherGoesOnWithoutLossOrRepetition() {
        Person person = people.signedIn(user, "user");
        Page two = person.openTab("/tasks");
        PageLedger ledger = PageLedger.of(two);
        assertThat(two.locator(".status")).hasAttribute("title", FOLLOWS);

        Traffic traffic = Traffic.start(stack, user);
        ledger.await(20);
        person.page().close();
        ledger.await(ledger.count() + 20);
        int tasks = traffic.stop().size();

        assertShowsEverythingOnce(two, ledger, tasks);
        assertThat(two.locator(".status")).hasAttribute("title", LEADS);
        awaitOneConnection();
    }

    private void awaitOneConnection() {
        await("one connection").until(() -> stack.replica(1).connectionsOf(user) == 1);
    }

    private void assertShowsEverythingOnce(Page page, PageLedger ledger, int tasks) {
        stack.database().awaitLogged(user, tasks);
        ledger.assertEachOnce(stack.database().eventsOf(user));
        assertThat(page.locator(".item .title"))
                .hasText(stack.tasks().titles(stack.tokens().of(user)).toArray(String[]::new));
    }
}
