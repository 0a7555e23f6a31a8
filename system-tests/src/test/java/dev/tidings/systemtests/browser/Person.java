package dev.tidings.systemtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;

/** One person's browser, which may have several tabs. */
public record Person(BrowserContext context, Page page, String user) implements AutoCloseable {

    static Person signIn(BrowserContext context, String user, String role) {
        Page page = context.newPage();
        page.navigate("/");
        page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("User"))
                .fill(user);
        page.getByLabel("Role").selectOption(role);
        page.getByText("Sign in", new Page.GetByTextOptions().setExact(true)).click();
        return new Person(context, live(page), user);
    }

    /** Another tab of the same browser, where the person is signed in already. */
    public Page openTab(String path) {
        Page tab = context.newPage();
        tab.navigate(path);
        return live(tab);
    }

    /** Goes on by the menu, without loading the document anew. */
    public Page goTo(String title) {
        page.locator(".menu").getByText(title).click();
        assertThat(page).hasTitle(title + " · Tidings");
        return page;
    }

    public void prefers(ColorScheme colors) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colors));
    }

    public void screenshot(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    @Override
    public void close() {
        context.close();
    }

    private static Page live(Page page) {
        assertThat(page.locator(".status")).hasText("Live");
        return page;
    }
}
