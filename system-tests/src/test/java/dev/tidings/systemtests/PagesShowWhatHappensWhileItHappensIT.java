package dev.tidings.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.tidings.systemtests.browser.People;
import dev.tidings.systemtests.browser.Person;
import dev.tidings.systemtests.stack.Http;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** R-DP-6, R-OR-3, R-OR-5, R-PF-16: the pages in a real browser. */
@OnRunningStack
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesShowWhatHappensWhileItHappensIT {
    private static final Path PICTURES = Path.of("target/pictures");
    private static final String SCRIPT = "<img src=x onerror=alert(1)> & co";

    private final Stack stack;
    private People people;

    PagesShowWhatHappensWhileItHappensIT(Stack stack) {
        this.stack = stack;
    }

    @BeforeAll
    void open() {
        people = new People(stack.backend());
    }

    @AfterAll
    void close() {
        people.close();
    }

    @AfterEach
    void noConsoleComplained() {
        assertThat(people.complaints()).isEmpty();
    }

    @Test
    void aTaskMadeInOneTabIsInTheOtherAtOnceAndWhatIsTypedIsShownAsText() {
        try (Person ada = people.signedIn(Users.named("ada"), "user")) {
            Page one = ada.goTo("Tasks");
            Page two = ada.openTab("/tasks");

            one.getByLabel("New task").fill(SCRIPT);
            one.getByText("Add", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(two.locator(".item .title")).hasText(SCRIPT);
            assertThat(one.locator(".item .title")).hasText(SCRIPT);

            two.getByLabel("Done: " + SCRIPT).check();
            assertThat(one.locator(".item.done .title")).hasText(SCRIPT);
            assertThat(one.locator(".item")).hasCount(1);
            ada.screenshot(PICTURES.resolve("tasks.png"));
        }
    }

    @Test
    void anOrderThatTheAdminMovesOnChangesItsBadgeAtTheBuyer() {
        try (Person buyer = people.signedIn(Users.named("buyer"), "user");
                Person admin = people.signedIn(Users.named("admin"), "admin")) {
            Page shop = buyer.goTo("Orders");
            order(shop, "Fountain pen", "2", SCRIPT);
            Locator order = shop.locator(".item");
            assertThat(order.locator(".badge")).hasText("Pending");
            assertThat(order.locator(".amount")).hasText("€52.80");
            assertThat(order.locator(".address")).hasText(SCRIPT);
            assertThat(shop.locator(".toast.success")).containsText("created successfully!");

            String id = order.getAttribute("data-id");
            Locator atAdmin = admin.page().locator("[data-id='" + id + "']");
            assertThat(atAdmin.locator(".badge")).hasText("Pending");
            atAdmin.locator("select").selectOption("shipped");
            assertThat(order.locator(".badge")).hasText("Shipped");
            assertThat(shop.locator(".toast.info")).containsText("Your order has been shipped");

            atAdmin.locator("select").selectOption("cancelled");
            assertThat(order.locator(".badge.cancelled")).hasText("Cancelled");
            assertThat(shop.locator(".toast.warning")).containsText("has been cancelled");
            assertThat(atAdmin.locator(".badge")).hasText("Cancelled");
            assertThat(admin.page().locator(".toast")).hasCount(0);
            assertThat(order).hasCount(1);
            buyer.screenshot(PICTURES.resolve("orders.png"));
            admin.screenshot(PICTURES.resolve("admin.png"));
        }
    }

    @Test
    void sessionsAppearByThemselvesAtWhoBuysACourse() {
        try (Person student = people.signedIn(Users.named("student"), "student")) {
            Page home = student.page();
            home.getByLabel("Buy ").first().click();
            home.getByText("Buy now").click();

            assertThat(home.locator("[data-overview]")).containsText("10 upcoming sessions");
            assertThat(home.locator(".session")).hasCount(6);
            assertThat(student.goTo("Learnings").locator(".sessions .badge.scheduled"))
                    .hasCount(10);
            student.goTo("Home");

            try (Person trainer = people.signedIn(trainerOf(student.user()), "trainer")) {
                trainer.page().getByLabel("with " + student.user()).first().click();
                assertThat(home.locator("[data-overview]")).containsText("1/10 sessions done");
            }
            student.screenshot(PICTURES.resolve("home.png"));
        }
    }

    @Test
    void whatTheServiceRefusesIsSaidInWordsAndTakenBack() {
        try (Person buyer = people.signedIn(Users.named("careless"), "user")) {
            Page shop = buyer.goTo("Orders");
            order(shop, "Desk lamp", "1000000", " ");

            assertThat(shop.getByRole(AriaRole.ALERT))
                    .hasText(
                            "Item 1: quantity must be a whole number from 1 to 999. Shipping address must not be blank.");
            assertThat(shop.locator(".item")).hasCount(0);
            assertThat(people.complaints()).allMatch(line -> line.contains("status of 400"));
        }
    }

    @Test
    void everyPageCanBeUsedByEverybodyInLightAndDark() {
        try (Person student = people.signedIn(Users.named("student"), "student");
                Person trainer = people.signedIn(Users.named("trainer"), "trainer");
                Person admin = people.signedIn(Users.named("admin"), "admin")) {
            for (ColorScheme colors : Set.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                student.prefers(colors);
                for (String title : List.of("Home", "Learnings", "Tasks", "Orders", "Notifications")) {
                    assertAccessible(student.goTo(title));
                }
                trainer.prefers(colors);
                assertAccessible(trainer.goTo("Sessions"));
                admin.prefers(colors);
                assertAccessible(admin.goTo("Admin"));
            }
        }
    }

    private String trainerOf(String student) {
        return Http.get(
                        stack.backend().resolve("/api/v1/students/" + student + "/learning"),
                        stack.tokens().of(student, Role.STUDENT))
                .json()
                .at("/activeCourses/0/trainer/trainerId")
                .asString();
    }

    private static void order(Page shop, String name, String quantity, String address) {
        shop.getByLabel("Item", new Page.GetByLabelOptions().setExact(true)).fill(name);
        shop.getByLabel("Quantity").fill(quantity);
        shop.getByLabel("Shipping address").fill(address);
        shop.getByText("Place the order").click();
    }

    private static void assertAccessible(Page page) {
        List<String> serious = new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(finding -> Set.of("serious", "critical").contains(finding.getImpact()))
                        .map(finding -> "%s: %s %s".formatted(page.url(), finding.getHelp(), finding.getNodes()))
                        .toList();
        assertThat(serious).isEmpty();
    }
}
