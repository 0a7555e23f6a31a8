package dev.tidings.systemtests.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** People at their browsers. Playwright wants all of it on one thread: the test's. */
public final class People implements AutoCloseable {
    private final Playwright playwright = Chromium.playwright();
    private final Browser browser = Chromium.launch(playwright);
    private final URI pages;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    public People(URI pages) {
        this.pages = pages;
    }

    /** Somebody at a browser of their own, signed in, with one tab open. */
    public Person signedIn(String user, String role) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions().setBaseURL(pages.toString()));
        context.setDefaultTimeout(20_000);
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text() + " (" + message.location() + ")");
            }
        });
        context.onWebError(error -> complaints.add(error.error()));
        return Person.signIn(context, user, role);
    }

    /** What the consoles of all tabs said since this was last asked. */
    public List<String> complaints() {
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
