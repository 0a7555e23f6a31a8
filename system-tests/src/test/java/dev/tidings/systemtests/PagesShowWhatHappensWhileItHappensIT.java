package dev.tidings.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.tidings.systemtests.browser.InBrowser;
import dev.tidings.systemtests.browser.PageLedger;
import dev.tidings.systemtests.browser.People;
import dev.tidings.systemtests.browser.Person;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import org.junit.jupiter.api.Test;

/** R-DP-6, R-OR-1…5, R-PF-13, R-PF-16: what one person does, the others' open pages show. */
@InBrowser
class PagesShowWhatHappensWhileItHappensIT {
    private static final String APPLIED_ON_SCREENS = "tidings_websocket_screen_applied_total";

    private final Stack stack;
    private final People people;

    PagesShowWhatHappensWhileItHappensIT(Stack stack, People people) {
        this.stack = stack;
        this.people = people;
    }

    @Test
    void aTaskThatIsAddedChangedDoneAndDeletedInOneTabIsSoInTheOther() {
        double appliedBefore = stack.replica(1).metric(APPLIED_ON_SCREENS);
        Person ada = people.signedIn(Users.named("ada"), "user");
        Page one = ada.goTo("Tasks");
        Page two = ada.openTab("/tasks");
        PageLedger ledger = PageLedger.of(two);

        add(one, "Write to Charles");
        assertThat(two.locator(".item .title")).hasText(new String[] {"Write to Charles"});

        two.getByLabel("Change Write to Charles").click();
        two.getByLabel("Title").fill("Write to Mary");
        two.getByLabel("Title").press("Enter");
        assertThat(one.locator(".item .title")).hasText(new String[] {"Write to Mary"});

        two.getByLabel("Done: Write to Mary").click();
        assertThat(one.locator(".item.done .title")).hasText(new String[] {"Write to Mary"});
        add(one, "Sleep");
        assertThat(two.locator(".item .title")).hasText(new String[] {"Sleep", "Write to Mary"});

        one.getByLabel("Delete Write to Mary").click();
        assertThat(two.locator(".item .title")).hasText(new String[] {"Sleep"});
        assertThat(one.locator(".item .title")).hasText(new String[] {"Sleep"});
        assertAppliedOnce(ledger, ada, 5);
        await("what the page told the service of it (R-EV-5)")
                .until(() -> stack.replica(1).metric(APPLIED_ON_SCREENS) >= appliedBefore + 5);
        ada.screenshot("tasks");
    }

    @Test
    void anOrderThatTheAdminMovesOnAndCancelsChangesItsBadgeAtTheBuyer() {
        Person buyer = people.signedIn(Users.named("buyer"), "user");
        Person admin = people.signedIn(Users.named("admin"), "admin");
        PageLedger ledger = PageLedger.of(buyer.page());
        PageLedger adminsLedger = PageLedger.of(admin.page());
        Page shop = buyer.goTo("Orders");
        Locator orders = shop.locator("orders-page .item");

        order(shop, "Desk lamp", "1", "Tower Bridge");
        assertThat(orders).hasCount(1);
        order(shop, "Fountain pen", "2", "12 St James's Square");
        assertThat(orders).hasCount(2);
        Locator order = orders.first();
        assertThat(order).containsText("2 × Fountain pen");
        assertThat(order.locator(".amount")).hasText("€52.80");
        assertThat(order.locator(".badge.pending")).hasText("Pending");
        ledger.awaitToast("success", " created successfully!");

        assertThat(admin.page().locator("[data-now]")).containsText("people connected");
        Locator atAdmin = admin.page().locator("[data-id='" + order.getAttribute("data-id") + "']");
        assertThat(atAdmin.locator(".badge")).hasText("Pending");
        atAdmin.locator("select").selectOption("shipped");
        assertThat(order.locator(".badge.shipped")).hasText("Shipped");
        ledger.awaitToast("info", " - Your order has been shipped");

        atAdmin.locator("select").selectOption("cancelled");
        assertThat(order.locator(".badge.cancelled")).hasText("Cancelled");
        ledger.awaitToast("warning", " has been cancelled");
        assertThat(atAdmin.locator(".badge.cancelled")).hasText("Cancelled");
        assertThat(adminsLedger.toasts()).isEmpty();
        assertThat(orders).hasCount(2);

        // Each of the four changes, and the notification of each.
        assertAppliedOnce(ledger, buyer, 8);
        assertThat(buyer.page().locator(".menu .count")).hasText("4 unread");
        buyer.screenshot("orders");
        admin.screenshot("admin");
        buyer.goTo("Notifications").getByText("Mark all as read").click();
        assertThat(buyer.page().locator(".menu .count")).hasCount(0);
    }

    @Test
    void sessionsAppearByThemselvesAtWhoBuysACourseAndAreCountedWhenTheTrainerCompletesThem() {
        Person student = people.signedIn(Users.named("student"), "student");
        PageLedger ledger = PageLedger.of(student.page());
        Page home = student.page();
        student.chooseCourse();
        home.getByText("Buy now").click();

        assertThat(home.locator("[data-overview]")).containsText("10 upcoming sessions");
        assertThat(home.locator(".session")).hasCount(6);
        assertThat(student.goTo("Learnings").locator(".sessions .badge.scheduled"))
                .hasCount(10);
        student.goTo("Home");

        Person trainer = people.signedIn(trainerOf(student.user()), "trainer");
        trainer.page().getByLabel("with " + student.user()).first().click();
        assertThat(trainer.page().getByLabel("with " + student.user())).hasCount(9);
        assertThat(home.locator("[data-overview]")).containsText("1/10 sessions done");
        assertThat(home.locator("[data-overview]")).containsText("9 upcoming sessions");
        assertAppliedOnce(ledger, student, 5);
        student.screenshot("home");
        trainer.screenshot("trainer");
    }

    private void assertAppliedOnce(PageLedger ledger, Person person, int events) {
        stack.database().awaitLogged(person.user(), events);
        ledger.assertEachOnce(stack.database().eventsOf(person.user()));
    }

    private String trainerOf(String student) {
        return stack.tutoring()
                .learning(student, true)
                .at("/activeCourses/0/trainer/trainerId")
                .asString();
    }

    private static void add(Page page, String task) {
        page.getByLabel("New task").fill(task);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add"))
                .click();
        assertThat(page.locator(".item.pending")).hasCount(0);
    }

    private static void order(Page shop, String name, String quantity, String address) {
        Locator form = shop.locator("orders-page form");
        if (!form.isVisible()) {
            shop.getByText("New order").click();
        }
        form.getByLabel("Item", new Locator.GetByLabelOptions().setExact(true)).fill(name);
        form.getByLabel("Quantity").fill(quantity);
        form.getByLabel("Shipping address").fill(address);
        form.getByText("Place the order").click();
        assertThat(form).isHidden();
    }
}
