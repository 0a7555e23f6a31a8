package dev.tidings.systemtests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** People at their browsers. Playwright wants one thread at a time: the test's. */
public final class People implements AutoCloseable {
    /** Generous, since it only ever decides how long a failure takes. */
    private static final double PATIENCE_MILLIS = 60_000;

    private final Playwright playwright = Chromium.playwright();
    private final Browser browser = Chromium.launch(playwright);
    private final URI pages;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();

    People(URI pages) {
        this.pages = pages;
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    /** Somebody at a browser of their own, signed in, with one tab open and its connection live. */
    public Person signedIn(String user, String role) {
        Person person = arrived(user, role, _ -> {});
        person.awaitLive();
        return person;
    }

    /** Signed in, however the connection may be. @param surroundings what is special about this browser */
    public Person arrived(String user, String role, Consumer<BrowserContext> surroundings) {
        BrowserContext context = newContext();
        surroundings.accept(context);
        return Person.signIn(context, user, role);
    }

    /** A browser whose owner has not signed in. */
    public BrowserContext newContext() {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(pages.toString())
                .setReducedMotion(ReducedMotion.REDUCE) // half a transition is no state to judge colours in
                .setLocale("en-GB")
                .setTimezoneId("Europe/Berlin"));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add("%s (%s)".formatted(message.text(), message.location()));
            }
        });
        context.onWebError(error -> complaints.add(error.error()));
        return context;
    }

    /** Consoles may say this in the running test: browsers do of each refused request, whatever the page makes of it. */
    public void expectComplaint(String part) {
        expected.add(part);
    }

    /** Ends a test. @param hasFailed its own failure says more than a console could */
    void goHome(boolean hasFailed) {
        List<String> unexpected = complaints.stream()
                .filter(line -> expected.stream().noneMatch(line::contains))
                .toList();
        browser.contexts().forEach(BrowserContext::close);
        complaints.clear();
        expected.clear();
        if (hasFailed) {
            unexpected.forEach(System.err::println);
        } else {
            assertThat(unexpected).as("what browsers' consoles say").isEmpty();
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
