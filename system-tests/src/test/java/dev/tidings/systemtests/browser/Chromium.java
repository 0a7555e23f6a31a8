package dev.tidings.systemtests.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.impl.driver.Driver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts the browser that {@link BrowserSearch} finds on this machine. */
final class Chromium {
    /** Playwright would otherwise fetch three browsers. */
    private static final Map<String, String> NO_DOWNLOAD = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");

    private Chromium() {}

    static Playwright playwright() {
        return Playwright.create(new Playwright.CreateOptions().setEnv(NO_DOWNLOAD));
    }

    static Browser launch(Playwright playwright) {
        return new BrowserSearch<>(ThisMachine.INSTANCE, playwrightInstall(), path -> launch(playwright, path)).find();
    }

    private static List<String> playwrightInstall() {
        ProcessBuilder driver = Driver.ensureDriverInstalled(NO_DOWNLOAD, false).createProcessBuilder();
        driver.command().addAll(List.of("install", "--only-shell", "chromium"));
        return List.copyOf(driver.command());
    }

    /** @param path of the program; empty for Playwright's own */
    private static Browser launch(Playwright playwright, Optional<Path> path) {
        LaunchOptions options = new LaunchOptions();
        path.ifPresent(options::setExecutablePath);
        try {
            return playwright.chromium().launch(options);
        } catch (PlaywrightException e) {
            throw new BrowserSearch.Unusable(String.valueOf(e.getMessage()), e);
        }
    }
}
