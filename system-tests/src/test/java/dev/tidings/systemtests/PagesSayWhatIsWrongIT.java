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

    private static final Page.GetByLabelOptions EXACT = new Page.GetByLabelOptions().setExact(true);

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

    @ParameterizedTest(name = "{0} × {1}")
    @CsvSource(delimiter = '|', textBlock = """
                0       | Inkwell | Quantity | Item 1: quantity must be a whole number from 1 to 999.
                1000000 | Inkwell | Quantity | Item 1: quantity must be a whole number from 1 to 999.
                1       | Moon    | Item     | Item 1: name must be one of the products that are offered.
            """)
    void anOrderThatCannotBeIsRefusedInWordsAndTheFormStaysFilledIn(
            String quantity, String item, String blamed, String words) {
        Page shop = people.signedIn(Users.named("careless"), "user").goTo("Orders");
        order(shop, item, quantity, "Tower Bridge");

        assertThat(shop.getByRole(AriaRole.ALERT)).hasText(words);
        assertThat(shop.getByLabel(blamed, EXACT)).hasAttribute("aria-invalid", "true");
        assertThat(shop.getByLabel("Quantity")).hasValue(quantity);
        assertThat(shop.getByLabel("Shipping address")).hasValue("Tower Bridge");
        assertThat(shop.locator("orders-page .item")).hasCount(0);

        shop.getByLabel("Quantity").fill("2");
        shop.getByLabel("Item", EXACT).fill("Inkwell");
        shop.getByText("Place the order").click();
        assertThat(shop.locator("orders-page .item .badge")).hasText("Pending");
        assertThat(shop.getByRole(AriaRole.ALERT)).hasCount(0);
    }

    @Test
    void anOrderAtAPriceThatHasChangedMeanwhileIsRefusedAndTheFormShowsThePriceThatHolds() {
        people.expectComplaint("status of 422");
        String name = stack.orders().sell("Kettle", "30.00");
        Page shop = people.signedIn(Users.named("slow"), "user").goTo("Orders");
        shop.getByLabel("Item", EXACT).fill(name);
        assertThat(shop.getByLabel("Price each")).hasValue("€30.00");
        stack.orders().reprice(name, "31.50");

        order(shop, name, "2", "Tower Bridge");
        assertThat(shop.getByRole(AriaRole.ALERT))
                .hasText("Item 1: unit price must be 31.50, the price in the catalogue, or be left out.");
        assertThat(shop.getByLabel("Price each")).hasValue("€31.50");
        shop.getByText("Place the order").click();
        assertThat(shop.locator("orders-page .item .amount")).hasText("€69.30");
    }

    @Test
    void scriptInTitlesAndAddressesIsShownAsText() {
        Person person = people.signedIn(Users.named("mallory"), "user");
        Person admin = people.signedIn(Users.named("admin"), "admin");
        Page shop = person.goTo("Orders");
        String product = stack.orders().sell(SCRIPT, "1.00");
        shop.reload();
        order(shop, product, "1", SCRIPT);
        Locator order = shop.locator("orders-page .item:not(.pending)");
        assertThat(order.locator(".badge")).hasText("Pending");
        assertThat(order).containsText("1 × " + product);
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
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("User holds '||'.");
    }

    private static void order(Page shop, String name, String quantity, String address) {
        shop.getByLabel("Item", EXACT).fill(name);
        shop.getByLabel("Quantity").fill(quantity);
        shop.getByLabel("Shipping address").fill(address);
        shop.getByText("Place the order").click();
    }
}
