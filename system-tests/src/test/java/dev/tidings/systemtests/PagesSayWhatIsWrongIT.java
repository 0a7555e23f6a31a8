package dev.tidings.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.tidings.systemtests.browser.InBrowser;
import dev.tidings.systemtests.browser.PageLedger;
import dev.tidings.systemtests.browser.People;
import dev.tidings.systemtests.browser.Person;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R-OR-1, R-OR-5: what the service refuses is said in words, beside what was wrong, and taken back from the page. */
@InBrowser
class PagesSayWhatIsWrongIT {
    private static final String SCRIPT = "<img src=x onerror=alert(1)><script>alert(2)</script> & \"co\"";

    private final Stack stack;
    private final People people;

    PagesSayWhatIsWrongIT(Stack stack, People people) {
        this.stack = stack;
        this.people = people;
    }

    @BeforeEach
    void browsersTellOfRefusals() {
        people.expectComplaint("status of 400");
    }

    @ParameterizedTest(name = "{0} of {1} each")
    @CsvSource(delimiter = '|', textBlock = """
                0       | 24          | Quantity    | Item 1: quantity must be a whole number from 1 to 999.
                1000000 | 24          | Quantity    | Item 1: quantity must be a whole number from 1 to 999.
                1       | -5          | Price each  | Item 1: unit price must be a number from 0.00 to 999999.99 with at most two decimals.
            """)
    void anOrderThatCannotBeIsRefusedInWordsAndTheFormStaysFilledIn(
            String quantity, String price, String blamed, String words) {
        Page shop = people.signedIn(Users.named("careless"), "user").goTo("Orders");
        order(shop, "Inkwell", quantity, price, "Tower Bridge");

        assertThat(shop.getByRole(AriaRole.ALERT)).hasText(words);
        assertThat(shop.getByLabel(blamed)).hasAttribute("aria-invalid", "true");
        assertThat(shop.getByLabel("Quantity")).hasValue(quantity);
        assertThat(shop.getByLabel("Shipping address")).hasValue("Tower Bridge");
        assertThat(shop.locator("orders-page .item")).hasCount(0);

        shop.getByLabel("Quantity").fill("2");
        shop.getByLabel("Price each").fill("24");
        shop.getByText("Place the order").click();
        assertThat(shop.locator("orders-page .item .badge")).hasText("Pending");
        assertThat(shop.getByRole(AriaRole.ALERT)).hasCount(0);
    }

    @Test
    void scriptInTitlesAndAddressesIsShownAsText() {
        Person person = people.signedIn(Users.named("mallory"), "user");
        Person admin = people.signedIn(Users.named("admin"), "admin");
        Page shop = person.goTo("Orders");
        order(shop, SCRIPT, "1", "1", SCRIPT);
        Locator order = shop.locator("orders-page .item");
        assertThat(order.locator(".badge")).hasText("Pending");
        assertThat(order).containsText("1 × " + SCRIPT);
        assertThat(order.locator(".address")).hasText(SCRIPT);
        assertThat(admin.page().locator("[data-id='%s'] .address".formatted(order.getAttribute("data-id"))))
                .hasText(SCRIPT);

        Page tasks = person.goTo("Tasks");
        tasks.getByLabel("New task").fill(SCRIPT);
        tasks.getByLabel("New task").press("Enter");
        assertThat(tasks.locator(".item:not(.pending) .title")).hasText(new String[] {SCRIPT});
        assertThat(tasks.locator(".item img, .item script")).hasCount(0);
    }

    @Test
    void anOverlongTitleIsRefusedAndStaysInItsFieldForMending() {
        Page tasks = people.signedIn(Users.named("verbose"), "user").goTo("Tasks");
        String title = "x".repeat(5_000);
        tasks.getByLabel("New task").fill(title);
        tasks.getByLabel("New task").press("Enter");

        assertThat(tasks.getByRole(AriaRole.ALERT)).hasText("Title must have at most 200 characters.");
        assertThat(tasks.getByLabel("New task")).hasValue(title);
        assertThat(tasks.getByLabel("New task")).isFocused();
        assertThat(tasks.locator(".item")).hasCount(0);
    }

    /** Sockets are blocked, so that the buyer's page does not know yet. */
    @Test
    void cancellingAnOrderThatWasShippedMeanwhileIsTakenBackAndExplained() {
        people.expectComplaint("status of 409");
        String buyer = Users.named("late");
        String order = stack.orders().create(stack.tokens().of(buyer));
        Person person =
                people.arrived(buyer, "user", context -> context.routeWebSocket("**/ws", socket -> socket.close()));
        Page shop = person.goTo("Orders");
        Locator badge = shop.locator("[data-id='%s'] .badge".formatted(order));
        assertThat(badge).hasText("Pending");
        stack.orders().moveTo("shipped", order, stack.tokens().of("admin", Role.ADMIN));

        PageLedger ledger = PageLedger.of(shop);
        shop.getByText("Cancel", new Page.GetByTextOptions().setExact(true)).click();
        ledger.awaitToast("error", "The order is shipped: only a pending order can be cancelled by its buyer.");
        assertThat(badge).hasText("Shipped");
        assertThat(stack.orders().statusOf(order, stack.tokens().of(buyer))).isEqualTo("shipped");
    }

    @Test
    void aUserThatCannotBeIsRefusedAtSignIn() {
        Page page = people.newContext().newPage();
        page.navigate("/");
        page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("User"))
                .fill("a||b");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Sign in").setExact(true))
                .click();
        assertThat(page.getByRole(AriaRole.ALERT))
                .hasText("User must have 1 to 128 characters, no control characters and no ||.");
    }

    private static void order(Page shop, String name, String quantity, String price, String address) {
        shop.getByLabel("Item", new Page.GetByLabelOptions().setExact(true)).fill(name);
        shop.getByLabel("Quantity").fill(quantity);
        shop.getByLabel("Price each").fill(price);
        shop.getByLabel("Shipping address").fill(address);
        shop.getByText("Place the order").click();
    }
}
