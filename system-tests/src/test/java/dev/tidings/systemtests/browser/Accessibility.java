package dev.tidings.systemtests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Set;

/** What every page must be for people who cannot use a mouse, or see it. */
public final class Accessibility {
    private Accessibility() {}

    public static void assertInLightAndDark(Page page) {
        for (ColorScheme colors : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colors));
            assertAccessible(page);
        }
    }

    /** The legacy mode of axe opens no second page for each analysis. It cannot look into frames of other origins, which we do not have. */
    public static void assertAccessible(Page page) {
        List<String> serious = new AxeBuilder(page)
                .setLegacyMode(true).analyze().getViolations().stream()
                        .filter(finding -> Set.of("serious", "critical").contains(finding.getImpact()))
                        .map(finding -> "%s: %s %s".formatted(page.url(), finding.getHelp(), finding.getNodes()))
                        .toList();
        assertThat(serious).isEmpty();
    }

    /** Presses the Tab key until that has the focus. */
    public static void tabTo(Page page, Locator wanted, int presses) {
        for (int n = 0; n < presses; n++) {
            page.keyboard().press("Tab");
            if (Boolean.TRUE.equals(wanted.evaluate("it => it === document.activeElement"))) {
                return;
            }
        }
        throw new AssertionError("the keyboard does not reach " + wanted);
    }
}
