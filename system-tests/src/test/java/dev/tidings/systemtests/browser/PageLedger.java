package dev.tidings.systemtests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;

/**
 * What one tab did, from the ledger's opening on: the events that its handlers were given, in order, and the toasts that it
 * showed, which are gone from the screen when a test looks late. It is kept in the page, beside the page's own handlers.
 */
public final class PageLedger {
    private final Page page;

    private PageLedger(Page page) {
        this.page = page;
    }

    /** Opens the ledger of a tab whose user has had no event so far. */
    public static PageLedger of(Page page) {
        page.evaluate("""
                () => {
                  const { tidings, toasts } = document.querySelector('tidings-app').session;
                  const applied = [];
                  const toasted = new Set();
                  tidings.on('event', (_, { source, id }) => applied.push(`${source} ${id}`));
                  toasts.list.subscribe((list) => list.forEach(({ level, text }) => toasted.add(`${level}: ${text}`)));
                  globalThis.ledger = { applied, toasted, figures: tidings.analytics };
                }""");
        return new PageLedger(page);
    }

    public int count() {
        return applied().size();
    }

    public PageLedger await(int count) {
        page.waitForFunction("count => ledger.applied.length >= count", count);
        return this;
    }

    /** @param text which the toast ends with */
    public void awaitToast(String level, String text) {
        page.waitForFunction(
                "({ level, text }) => [...ledger.toasted].some((toast) => toast.startsWith(level) && toast.endsWith(text))",
                Map.of("level", level, "text", text));
    }

    public List<String> toasts() {
        return texts("[...ledger.toasted]");
    }

    /**
     * Waits until the page has dealt with all that was logged for its user, and asserts that each event had its effect once, and
     * nothing else had any. One that a newer version of the same thing overtook had its effect with that.
     *
     * @param logged names of the events in the log
     */
    public void assertEachOnce(List<String> logged) {
        page.waitForFunction("count => ledger.applied.length + ledger.figures().stale >= count", logged.size());
        List<String> applied = applied();
        assertThat(applied).doesNotHaveDuplicates();
        assertThat(logged).containsAll(applied);
        assertThat(applied).hasSize(logged.size() - figure("stale"));
        assertThat(figure("failed")).as("events that a handler failed on").isZero();
    }

    /** Events that came a second time, and had no effect then. */
    public int duplicates() {
        return figure("duplicates");
    }

    private int figure(String name) {
        return ((Number) page.evaluate("name => ledger.figures()[name]", name)).intValue();
    }

    private List<String> applied() {
        return texts("ledger.applied");
    }

    private List<String> texts(String expression) {
        return ((List<?>) page.evaluate(expression))
                .stream().map(String::valueOf).toList();
    }
}
