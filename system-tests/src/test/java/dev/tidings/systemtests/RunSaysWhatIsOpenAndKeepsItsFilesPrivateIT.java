package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.ManagedProcess;
import dev.tidings.devkit.Ports;
import dev.tidings.devkit.ProjectRoot;
import dev.tidings.devkit.Readiness;
import dev.tidings.systemtests.client.Message;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.ChangingFolder;
import dev.tidings.systemtests.stack.Patience;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * {@code ./run --insecure} itself, in a checkout of its own whose modules are links to the real ones, started by a user whose umask
 * lets everybody read.
 */
class RunSaysWhatIsOpenAndKeepsItsFilesPrivateIT {

    /** What `./run` compares its stamp with: it follows no links, so it finds no sources. */
    private static final String STAMP_OF_NO_SOURCES = "4294967295 0\n";

    /** Apps listen from here on; their sidecars' ports, 10 000 and 20 000 above, stay below those of outgoing connections. */
    private static final int APPS = freeRange();

    private static final int SOCKETS = APPS + 10;

    private static Path checkout;
    private static ManagedProcess run;

    @BeforeAll
    static void start() throws IOException {
        Patience.setAsDefault();
        checkout = linkedCheckout();
        run = ManagedProcess.named("./run --insecure")
                .command(command())
                .directory(checkout)
                .log(checkout.resolve("terminal.log"))
                .readyWhen(Readiness.logLine("./run status shows the parts"), Duration.ofMinutes(5))
                .stopGrace(Duration.ofMinutes(1))
                .start()
                .awaitReady();
    }

    @AfterAll
    static void stop() {
        run.stop();
    }

    @Test
    void itPrintsWhatIsOpen() {
        assertThat(run.logSinceStart())
                .containsOnlyOnce("WARNING       --insecure: sockets take a bare user_id for the user")
                .containsOnlyOnce("Sign-in       anybody on this machine signs in to the pages as any user")
                .containsOnlyOnce("PostgreSQL, Redis and Kafka take every program on this machine");
    }

    @Test
    void aBareUserIdIsBelievedAndHasRoleUser() {
        URI address = URI.create("ws://127.0.0.1:%d/ws?user_id=bare".formatted(SOCKETS));
        try (SocketClient client = SocketClient.to(address).open()) {
            Message connected = client.ledger().awaitMessage("connected");

            assertThat(connected.text("user_id")).isEqualTo("bare");
            assertThat(connected.text("role")).isEqualTo("user");
        }
    }

    @Test
    void nobodyButItsOwnerCanReadOrEnterWhatItWrites() throws IOException {
        List<String> readable = new ArrayList<>();
        ChangingFolder.visit(checkout.resolve(".tidings"), Integer.MAX_VALUE, (file, _) -> {
            try {
                String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                if (!permissions.endsWith("------")) {
                    readable.add(permissions + " " + checkout.relativize(file));
                }
            } catch (IOException removed) {
                // Nobody can read it.
            }
        });
        assertThat(readable).isEmpty();
        assertThat(checkout.resolve(".tidings/data/kafka/log")).isNotEmptyDirectory();
        assertThat(checkout.resolve(".tidings/logs/backend.log")).isNotEmptyFile();
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "umask 022; exec \"$@\"",
                "sh",
                checkout.resolve("run").toString()));
        command.addAll(List.of("--insecure", "--replicas", "1"));
        ports().forEach((part, port) -> command.addAll(List.of("--port", part + "=" + port)));
        return command;
    }

    private static Map<String, Integer> ports() {
        return Map.of(
                "backend",
                APPS,
                "websocket-service",
                SOCKETS,
                "workers",
                APPS + 20,
                "postgres",
                Ports.free(),
                "redis",
                Ports.free(),
                "kafka",
                Ports.free());
    }

    private static int freeRange() {
        return IntStream.iterate(9_000, from -> from < 12_000, from -> from + 200)
                .filter(from -> IntStream.range(from, from + 40)
                        .flatMap(port -> IntStream.of(port, port + 10_000, port + 20_000))
                        .allMatch(Ports::isFree))
                .findFirst()
                .orElseThrow();
    }

    private static Path linkedCheckout() throws IOException {
        Path root = ProjectRoot.find();
        Path parent = Files.createDirectories(root.resolve("system-tests/target/checkouts"));
        Path folder = Files.createTempDirectory(parent, "run-");
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : entries.toList()) {
                String name = String.valueOf(entry.getFileName());
                if (name.equals("run")) {
                    Files.copy(entry, folder.resolve(name));
                } else if (!name.equals(".git") && !name.equals(".tidings")) {
                    Files.createSymbolicLink(folder.resolve(name), entry);
                }
            }
        }
        Path home = Files.createDirectory(folder.resolve(".tidings")); // as an earlier version left it
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(home.resolve("build.stamp"), STAMP_OF_NO_SOURCES);
        Files.setPosixFilePermissions(home.resolve("build.stamp"), PosixFilePermissions.fromString("rw-------"));
        return folder;
    }
}
