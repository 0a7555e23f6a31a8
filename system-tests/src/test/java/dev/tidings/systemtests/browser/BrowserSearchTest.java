package dev.tidings.systemtests.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.systemtests.browser.BrowserSearch.Machine;
import dev.tidings.systemtests.browser.BrowserSearch.Unusable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Browsers are names here: of the program that was started, or {@code playwright's}. */
class BrowserSearchTest {
    private static final List<String> DOWNLOAD = List.of("playwright", "install");
    private static final String APT = "/usr/bin/apt-get";
    private static final String CHROMIUM = "/usr/bin/chromium";

    private final Set<String> files = new HashSet<>();
    private final Set<String> broken = new HashSet<>();
    private final List<String> commands = new ArrayList<>();
    private boolean isRoot;
    private boolean hasNetwork;
    private boolean hasPackages;

    @Test
    void anInstalledBrowserIsTakenAndNothingIsFetched() {
        files.add("/opt/google-chrome");
        files.add(CHROMIUM);
        assertThat(find()).isEqualTo("/opt/google-chrome");
        assertThat(commands).isEmpty();
    }

    @Test
    void oneThatDoesNotStartIsPassedOver() {
        files.add("/opt/chromium-browser");
        broken.add("/opt/chromium-browser");
        files.add(CHROMIUM);
        assertThat(find()).isEqualTo(CHROMIUM);
    }

    @Test
    void withoutOnePlaywrightsIsFetched() {
        hasNetwork = true;
        assertThat(find()).isEqualTo("playwright's");
    }

    @Test
    void whereThatCannotBeFetchedOrStartedRootInstallsDebiansPackage() {
        files.add(APT);
        isRoot = true;
        hasPackages = true;
        assertThat(find()).isEqualTo(CHROMIUM);

        files.remove(CHROMIUM);
        hasNetwork = true;
        broken.add("playwright's");
        assertThat(find()).isEqualTo(CHROMIUM);
    }

    @Test
    void nobodyButRootInstallsPackages() {
        files.add(APT);
        hasPackages = true;
        assertThatThrownBy(this::find).isInstanceOf(AssertionError.class);
        assertThat(commands).containsExactly("playwright install");
    }

    @Test
    void ifNoneCanBeHadItSaysWhatToRunAndWhatWasTried() {
        files.add(APT);
        isRoot = true;
        assertThatThrownBy(this::find)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("sudo apt-get install chromium")
                .hasMessageContaining("failed: playwright install")
                .hasMessageContaining("failed: /usr/bin/apt-get install");
    }

    private String find() {
        return new BrowserSearch<>(new FakeMachine(), DOWNLOAD, this::launch).find();
    }

    private String launch(Optional<Path> program) {
        String name = program.map(Path::toString).orElse("playwright's");
        if (broken.contains(name)) {
            throw new Unusable("a library is missing", new IllegalStateException());
        }
        return name;
    }

    private final class FakeMachine implements Machine {
        @Override
        public List<Path> path() {
            return List.of(Path.of("/opt"), Path.of("/usr/bin"));
        }

        @Override
        public boolean isExecutable(Path file) {
            return files.contains(file.toString());
        }

        @Override
        public boolean isRoot() {
            return isRoot;
        }

        @Override
        public boolean run(List<String> command) {
            commands.add(String.join(" ", command));
            if (command.equals(DOWNLOAD)) {
                return hasNetwork;
            }
            if (hasPackages && command.contains("install")) {
                files.add(CHROMIUM);
            }
            return hasPackages;
        }
    }
}
