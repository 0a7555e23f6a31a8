package dev.tidings.systemtests.browser;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which browser the tests run in, on a machine that may have none: an installed Chromium or Chrome, else Playwright's own
 * download where the network allows it, else Debian's package when run as root. What is there and does not start counts as not
 * there. If none can be had, the search fails and says what to run: it never lets tests be skipped.
 *
 * @param <B> a browser that runs
 */
final class BrowserSearch<B> {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

    private static final List<Path> APPLICATIONS = List.of(
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
            Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"));

    private static final Path APT = Path.of("/usr/bin/apt-get");

    /** What the search needs of a machine. */
    interface Machine {
        /** The folders of the PATH. */
        List<Path> path();

        boolean isExecutable(Path file);

        boolean isRoot();

        /** @return whether it ended well, in reasonable time */
        boolean run(List<String> command);
    }

    /** A browser that does not start. */
    static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unusable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final Machine machine;
    private final List<String> playwrightInstall;
    private final Function<Optional<Path>, B> launch;
    private final List<String> tried = new ArrayList<>();

    /**
     * @param playwrightInstall the command that downloads Playwright's browser
     * @param launch starts the program at a path, or Playwright's own without one, or throws {@link Unusable}
     */
    BrowserSearch(Machine machine, List<String> playwrightInstall, Function<Optional<Path>, B> launch) {
        this.machine = machine;
        this.playwrightInstall = playwrightInstall;
        this.launch = launch;
    }

    B find() {
        return installed().or(this::downloaded).or(this::packaged).orElseThrow(this::none);
    }

    private Optional<B> installed() {
        Stream<Path> onPath =
                machine.path().stream().flatMap(folder -> NAMES.stream().map(folder::resolve));
        return Stream.concat(onPath, APPLICATIONS.stream())
                .filter(machine::isExecutable)
                .flatMap(program -> started(Optional.of(program)).stream())
                .findFirst();
    }

    private Optional<B> downloaded() {
        return run(playwrightInstall) ? started(Optional.empty()) : Optional.empty();
    }

    private Optional<B> packaged() {
        if (!machine.isRoot() || !machine.isExecutable(APT)) {
            return Optional.empty();
        }
        run(List.of(APT.toString(), "update", "-qq"));
        return run(List.of(APT.toString(), "install", "-y", "-qq", "--no-install-recommends", "chromium"))
                ? installed()
                : Optional.empty();
    }

    private Optional<B> started(Optional<Path> program) {
        try {
            return Optional.of(launch.apply(program));
        } catch (Unusable e) {
            tried.add("%s does not start: %s"
                    .formatted(program.map(Path::toString).orElse("Playwright's browser"), e.getMessage()));
            return Optional.empty();
        }
    }

    private boolean run(List<String> command) {
        boolean isDone = machine.run(command);
        if (!isDone) {
            tried.add("failed: " + String.join(" ", command));
        }
        return isDone;
    }

    private AssertionError none() {
        return new AssertionError("""
                There is no browser to test the pages with, and none could be had. Install one, then repeat:

                  sudo apt-get install chromium          Debian
                  brew install --cask chromium           macOS
                  https://www.google.com/chrome          any other

                Tried:
                  %s""".formatted(String.join("\n  ", tried)));
    }
}
