package dev.tidings.systemtests.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.impl.driver.Driver;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Finds a Chromium and starts it. */
final class Chromium {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
    private static final List<Path> APPLICATIONS = List.of(
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
            Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"));
    /** Playwright would otherwise fetch three browsers. */
    private static final Map<String, String> NO_DOWNLOAD = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");

    private Chromium() {}

    static Playwright playwright() {
        return Playwright.create(new Playwright.CreateOptions().setEnv(NO_DOWNLOAD));
    }

    static Browser launch(Playwright playwright) {
        LaunchOptions options = new LaunchOptions();
        Optional<Path> installed = installed();
        if (installed.isPresent()) {
            return playwright.chromium().launch(options.setExecutablePath(installed.get()));
        }
        List<String> tried = new ArrayList<>();
        if (run(tried, playwrightInstall())) {
            return playwright.chromium().launch(options);
        }
        if (Files.isExecutable(Path.of("/usr/bin/apt-get")) && "root".equals(System.getProperty("user.name"))) {
            run(tried, new ProcessBuilder("apt-get", "update", "-qq"));
            run(tried, new ProcessBuilder("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"));
        }
        return playwright
                .chromium()
                .launch(options.setExecutablePath(installed().orElseThrow(() -> none(tried))));
    }

    private static Optional<Path> installed() {
        Stream<Path> onPath = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
        return Stream.concat(onPath, APPLICATIONS.stream())
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static ProcessBuilder playwrightInstall() {
        ProcessBuilder install =
                Driver.ensureDriverInstalled(NO_DOWNLOAD, false).createProcessBuilder();
        install.command().addAll(List.of("install", "--only-shell", "chromium"));
        install.environment().put("PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT", "10000");
        return install;
    }

    private static boolean run(List<String> tried, ProcessBuilder command) {
        String name = String.join(" ", command.command());
        try {
            Process process = command.redirectErrorStream(true).inheritIO().start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                tried.add(name + " (not done after 5 minutes)");
                return false;
            }
            tried.add(name + " (ended with " + process.exitValue() + ")");
            return process.exitValue() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static AssertionError none(List<String> tried) {
        return new AssertionError("""
                There is no browser to test the pages with, and none could be had. Install one, then repeat:

                  sudo apt-get install chromium          Debian, Ubuntu
                  brew install --cask chromium           macOS

                Tried: %s""".formatted(String.join("; ", tried)));
    }
}
