package dev.tidings.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.tidings.systemtests.browser.Accessibility.assertAccessible;
import static dev.tidings.systemtests.browser.Accessibility.assertInLightAndDark;
import static dev.tidings.systemtests.browser.Accessibility.tabTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.tidings.systemtests.browser.InBrowser;
import dev.tidings.systemtests.browser.People;
import dev.tidings.systemtests.browser.Person;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** R-DP-6: the pages can be read and used by everybody, on a phone, by keyboard, in dark and light. */
@InBrowser
@Order(Integer.MAX_VALUE - 3)
class PagesAreForEverybodyIT {
    private static final int PHONE_WIDTH = 360;
    private static final int PHONE_HEIGHT = 740;

    private final Stack stack;
    private final People people;

    PagesAreForEverybodyIT(Stack stack, People people) {
        this.stack = stack;
        this.people = people;
    }

    @Test
    void axeFindsNothingSeriousOnAnyPageInLightAndDark() {
        Page signIn = people.newContext().newPage();
        signIn.navigate("/");
        assertThat(signIn.locator(".person-card").first()).isVisible();
        assertInLightAndDark(signIn);

        Person student = withAllThatPagesShow("student");
        for (String title : List.of("Home", "Learnings", "Tasks", "Orders", "Notifications")) {
            assertInLightAndDark(student.goTo(title));
        }
        student.goTo("Home");
        student.chooseCourse();
        assertThat(student.page().getByRole(AriaRole.DIALOG)).isVisible();
        assertInLightAndDark(student.page());

        assertInLightAndDark(people.signedIn("trainer-1", "trainer").goTo("Sessions"));

        Page admin = people.signedIn(Users.named("admin"), "admin").page();
        assertThat(admin.locator(".item").first()).isVisible();
        assertInLightAndDark(admin);
    }

    @Test
    void onAPhoneNoPageIsWiderThanTheScreenAndTheMenuIsWithinReachOfTheThumb() {
        Person student = withAllThatPagesShow("student");
        Page page = student.page();
        page.setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);
        for (String title : List.of("Home", "Learnings", "Tasks", "Orders", "Notifications")) {
            student.goTo(title);
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .isEqualTo(PHONE_WIDTH);
            student.screenshot("phone-" + title.toLowerCase(Locale.ROOT));
        }
        assertThat(page.locator(".menu").boundingBox().y).isGreaterThan(PHONE_HEIGHT / 2.0);
        assertAccessible(page);
    }

    @Test
    void aTaskIsAddedAndDoneWithTheKeyboardAlone() {
        Page page = people.newContext().newPage();
        page.navigate("/");
        assertThat(page.locator(".person-card").first()).isVisible();
        tabTo(page, page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("User")), 30);
        page.keyboard().type(Users.named("keys"));
        tabTo(page, page.getByLabel("Role"), 30);
        page.keyboard().press("u");
        assertThat(page.getByLabel("Role")).hasValue("user");
        tabTo(page, page.getByText("Sign in", new Page.GetByTextOptions().setExact(true)), 30);
        page.keyboard().press("Enter");
        assertThat(page.locator(".menu")).isVisible();

        tabTo(page, page.getByText("Skip to the page"), 30);
        page.keyboard().press("Enter");
        tabTo(page, page.getByLabel("New task"), 30);
        page.keyboard().type("Write to Charles");
        page.keyboard().press("Enter");
        assertThat(page.locator(".item:not(.pending) .title")).hasText(new String[] {"Write to Charles"});

        tabTo(page, page.getByLabel("Done: Write to Charles"), 30);
        page.keyboard().press("Space");
        assertThat(page.locator(".item.done .title")).hasText(new String[] {"Write to Charles"});
    }

    /** Somebody with a task, an order, its notification, and a course with sessions. */
    private Person withAllThatPagesShow(String role) {
        String user = Users.named(role);
        String token = stack.tokens().of(user, Role.STUDENT);
        stack.tasks()
                .post(token, "{\"title\":\"Late\",\"due_at\":\"2020-01-01T00:00:00.000Z\",\"recurrence\":\"weekly\"}");
        stack.tasks().complete(token, stack.tasks().create(token, "Done"));
        stack.orders()
                .moveTo(
                        "processing",
                        stack.orders().create(token),
                        stack.tokens().of("admin", Role.ADMIN));
        stack.orders().cancel(token, stack.orders().create(token), "not needed");
        Person person = people.signedIn(user, role);
        person.chooseCourse();
        person.page().getByText("Buy now").click();
        assertThat(person.page().locator(".session")).hasCount(6);
        return person;
    }
}
