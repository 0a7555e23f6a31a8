package dev.tidings.systemtests.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.ProjectRoot;
import dev.tidings.local.LocalStack;
import dev.tidings.tokens.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The shell commands of a document, run as they are written: in a folder that looks like a checkout in which {@code ./run} started the
 * system. Only the ports are others, and {@code ./run} answers what it is asked in the documents.
 */
public final class DocumentedCommands {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```sh\\n(.*?)^ *```");
    private static final Pattern PORT = Pattern.compile("localhost:(\\d+)");
    private static final Pattern TOKEN = Pattern.compile("\\./run (token ([\\w-]+)(?: --role (\\w+))?)");

    private final Path folder;
    private final LocalStack system;
    private final Map<Integer, Integer> ports;

    private DocumentedCommands(Path folder, LocalStack system, Map<Integer, Integer> ports) {
        this.folder = folder;
        this.system = system;
        this.ports = ports;
    }

    /** @param folder of the system's data and logs */
    public static DocumentedCommands in(Path folder, LocalStack system) {
        try {
            Path checkout = Files.createTempDirectory(folder, "checkout-");
            Files.createSymbolicLink(checkout.resolve(".tidings"), folder);
            String replica = LocalStack.replicaName(1);
            return new DocumentedCommands(
                    checkout,
                    system,
                    Map.of(
                            8000, system.backend().getPort(),
                            8004, system.webSocketService(1).getPort(),
                            18000, system.sidecar(LocalStack.BACKEND).getPort(),
                            18004, system.sidecar(replica).getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public DocumentedCommands withPort(int documented, int actual) {
        Map<Integer, Integer> all = new HashMap<>(ports);
        all.put(documented, actual);
        return new DocumentedCommands(folder, system, all);
    }

    /** The blocks of commands of a document, one after the other, but for those that stay in the foreground. */
    public static List<String> of(String document) {
        try {
            return BLOCK.matcher(Files.readString(ProjectRoot.find().resolve(document)))
                    .results()
                    .map(block -> block.group(1).stripIndent())
                    .filter(block -> !block.matches("(?s)(wscat|\\./run\\n|.*dapr run).*"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a block.
     *
     * @return what it wrote to standard output
     * @throws AssertionError if it fails
     */
    public String run(String block) {
        try {
            answerAsRun(block);
            Process shell = new ProcessBuilder(
                            "bash", "-euc", PORT.matcher(block).replaceAll(this::actual))
                    .directory(folder.toFile())
                    .redirectError(folder.resolve("errors").toFile())
                    .start();
            String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(shell.waitFor())
                    .as("%s%n%s%n%s", block, output, Files.readString(folder.resolve("errors")))
                    .isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String actual(MatchResult port) {
        int documented = Integer.parseInt(port.group(1));
        return "localhost:" + ports.getOrDefault(documented, documented);
    }

    private void answerAsRun(String block) throws IOException {
        String tokens = TOKEN.matcher(block)
                .results()
                .map(call -> "'%s') echo %s ;;".formatted(call.group(1), token(call.group(2), call.group(3))))
                .distinct()
                .collect(Collectors.joining("\n"));
        Path run = folder.resolve("run");
        Files.writeString(run, "#!/bin/sh\ncase \"$*\" in\n%s\nesac\n".formatted(tokens));
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
    }

    private String token(String user, @Nullable String role) {
        return system.tokenIssuer()
                .issue(user, role == null ? Role.USER : Role.of(role).orElseThrow(), Duration.ofHours(1));
    }
}
