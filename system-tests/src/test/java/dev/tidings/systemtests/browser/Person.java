package dev.tidings.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * One person's browser, which may have several tabs.
 *
 * @param page the first tab
 */
public record Person(BrowserContext context, Page page, String user) {
    private static final Path PICTURES = Path.of("target/pictures");

    static Person signIn(BrowserContext context, String user, String role) {
        Page page = context.newPage();
        page.navigate("/");
        page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("User"))
                .fill(user);
        page.getByLabel("Role").selectOption(role);
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Sign in").setExact(true))
                .click();
        assertThat(page.locator(".menu")).isVisible();
        return new Person(context, page, user);
    }

    /** Another tab of the same browser, where the person is signed in already. */
    public Page openTab(String path) {
        Page tab = context.newPage();
        tab.navigate(path);
        awaitStatus(tab, "Live");
        return tab;
    }

    /** Goes on by the menu, without loading the document anew. */
    public Page goTo(String title) {
        page.locator(".menu").getByText(title).click();
        assertThat(page).hasTitle(title + " · Tidings");
        return page;
    }

    /** On the home page: begins to buy the first course that is not the person's yet. */
    public void chooseCourse() {
        // What is loaded last pushes the courses down, and a click that is on its way would miss.
        page.locator("[data-overview]").waitFor();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Buy .+")))
                .first()
                .click();
    }

    public void awaitLive() {
        awaitStatus(page, "Live");
    }

    /** What the indicator says, in the end. */
    public static void awaitStatus(Page tab, String status) {
        assertThat(tab.locator(".status")).hasText(status);
    }

    /** For people to look at, in {@code target/pictures}. */
    public void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
}
