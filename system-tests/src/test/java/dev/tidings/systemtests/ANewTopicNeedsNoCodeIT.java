package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.DaprComponents;
import dev.tidings.devkit.ProjectRoot;
import dev.tidings.local.topology.LocalStack;
import dev.tidings.local.topology.StackOptions;
import dev.tidings.systemtests.stack.DocumentedCommands;
import dev.tidings.systemtests.stack.Documents;
import dev.tidings.systemtests.stack.Documents.Block;
import dev.tidings.systemtests.stack.Documents.Testing;
import dev.tidings.systemtests.stack.ForeignApp;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.StackFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** R-DP-2: {@code docs/tutorials/new-topic.md}, followed to the letter, on a system of its own. */
class ANewTopicNeedsNoCodeIT {

    private static final List<Block> BLOCKS = Documents.blocksOf("docs/tutorials/new-topic.md").stream()
            .filter(block -> block.testing() == Testing.BY_ANOTHER_TEST)
            .toList();
    private static final Pattern EXPORT = Pattern.compile("(?m)^export (\\w+)=(\\S+)$");

    @Test
    void anEventOfATopicThatOnlySettingsNameReachesItsUser() throws Exception {
        Path folder = StackFolder.fresh("new-topic");
        Path components = copyOfComponents(folder);
        shell(folder, BLOCKS.get(0).code());
        StackOptions options = StackOptions.isolated(ProjectRoot.find(), folder.resolve("system"))
                .withReplicas(1)
                .withComponents(components);
        for (Map.Entry<String, String> variable : exports(BLOCKS.get(1).code()).entrySet()) {
            options = options.withEnv(LocalStack.WEBSOCKET_SERVICE, variable.getKey(), variable.getValue());
        }

        try (LocalStack system = Stack.startParts(options);
                ForeignApp billing = ForeignApp.start(system, folder, "billing", "pubsub-foreign", components);
                DocumentedCommands terminal = DocumentedCommands.in(
                        folder.resolve("system"),
                        system,
                        Map.of(
                                3500,
                                billing.port(),
                                8004,
                                system.webSocketService(1).getPort()))) {
            terminal.run(BLOCKS.get(2));
            terminal.run(BLOCKS.get(3));

            Awaitility.await("the invoice on the customer's terminal")
                    .untilAsserted(() -> assertThat(terminal.printed())
                            .contains(
                                    "\"type\":\"invoice\"",
                                    "\"id\":\"invoice-4711\"",
                                    "\"source\":\"billing\"",
                                    "26.95"));
        }
    }

    private static Map<String, String> exports(String block) {
        Map<String, String> variables =
                EXPORT.matcher(block).results().collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
        assertThat(variables).hasSize(4);
        return variables;
    }

    private static void shell(Path folder, String commands) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("bash", "-euc", commands)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(shell.waitFor()).as(commands).isZero();
    }

    private static Path copyOfComponents(Path folder) throws IOException {
        Path copy = Files.createDirectories(folder.resolve("dapr-components"));
        try (Stream<Path> files = Files.list(DaprComponents.folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.toFile().getName()));
            }
        }
        return copy;
    }
}
