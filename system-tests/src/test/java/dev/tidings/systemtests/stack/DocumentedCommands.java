package dev.tidings.systemtests.stack;

import static org.assertj.core.api.Assertions.fail;

import dev.tidings.devkit.ProjectRoot;
import dev.tidings.local.topology.LocalStack;
import dev.tidings.systemtests.stack.Documents.Block;
import dev.tidings.systemtests.stack.Documents.Testing;
import dev.tidings.tokens.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A terminal in which the commands of a document are run as they are written: one shell for all blocks, in a folder that looks like a
 * checkout in which {@code ./run} started the system. Only the ports are others. {@code ./run} is the launcher without the script that
 * builds it, and tokens are issued here, which is quicker; {@code wscat} runs beside the rest, as in a terminal of its own. A command
 * that is answered with an HTTP error fails.
 *
 * <p>A placeholder {@code <field>} is replaced by the last value of that field in the JSON that was printed before.
 */
public final class DocumentedCommands implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("localhost:(\\d+)");
    private static final Pattern TOKEN = Pattern.compile("\\./run (token ([\\w-]+)(?: --role (\\w+))?)");
    private static final Pattern PLACEHOLDER = Pattern.compile("<([A-Za-z_]+)>");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String PRELUDE = """
            curl() {
                case " $* " in
                    *" --fail "*) command curl "$@" ;;
                    *) command curl --fail-with-body "$@" ;;
                esac
            }
            wscat() {
                local output; output=$(mktemp "$PWD/wscat-XXXXXX")
                sleep 600 | "$WSCAT" "$@" >"$output" 2>&1 &
                for _ in $(seq 600); do grep -q '"connected"' "$output" && return 0; sleep 0.1; done
                cat "$output" >&2; return 1
            }
            """;

    private final Path folder;
    private final LocalStack system;
    private final Map<Integer, Integer> ports;
    private final Process shell;
    private final Writer input;
    private final BufferedReader output;
    private String printed = "";

    /** The tokens that {@code ./run token …} prints, by its arguments. */
    private final Map<String, String> tokens = new LinkedHashMap<>();

    private DocumentedCommands(Path folder, LocalStack system, Map<Integer, Integer> ports) throws IOException {
        this.folder = folder;
        this.system = system;
        this.ports = ports;
        ProcessBuilder bash = new ProcessBuilder("bash", "-eu")
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors").toFile());
        bash.environment()
                .put(
                        "WSCAT",
                        ProjectRoot.find()
                                .resolve("client/node_modules/.bin/wscat")
                                .toString());
        bash.environment()
                .put(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        bash.environment().put("LAUNCHER", System.getProperty("java.class.path"));
        this.shell = bash.start();
        this.input = shell.outputWriter(StandardCharsets.UTF_8);
        this.output = new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8));
        execute(PRELUDE, "the functions");
    }

    /**
     * Opens a terminal.
     *
     * @param folder of the system's data and logs
     * @param ports the actual ones by those that the documents name
     */
    public static DocumentedCommands in(Path folder, LocalStack system, Map<Integer, Integer> ports) {
        try {
            Path checkout = Files.createTempDirectory(folder, "checkout-");
            Files.createSymbolicLink(checkout.resolve(".tidings"), folder);
            Files.createSymbolicLink(
                    checkout.resolve("client"), ProjectRoot.find().resolve("client"));
            return new DocumentedCommands(checkout, system, ports);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The commands of a document that are run as they stand. */
    public static List<Block> of(String document) {
        return Documents.blocksOf(document).stream()
                .filter(block ->
                        block.language().equals("sh") || block.language().equals("sql"))
                .filter(block -> block.testing() == Testing.AS_IT_STANDS)
                .toList();
    }

    /**
     * Runs a block.
     *
     * @return what it printed
     * @throws AssertionError if it fails
     */
    public String run(Block block) {
        String code = PLACEHOLDER.matcher(block.code()).replaceAll(this::bound);
        String result = block.language().equals("sql") ? query(code) : shell(code, block.toString());
        remember(result);
        return result;
    }

    /** Values for placeholders that no command of the document prints. */
    public void remember(String json) {
        printed += json;
    }

    /** All that was printed so far, by {@code wscat} too. */
    public String printed() {
        try (Stream<Path> files = Files.list(folder)) {
            return printed
                    + files.filter(file -> file.toFile().getName().startsWith("wscat-"))
                            .sorted()
                            .map(DocumentedCommands::read)
                            .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String shell(String code, String name) {
        try {
            return execute(writeRun(code) + PORT.matcher(code).replaceAll(this::actual), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String execute(String code, String name) throws IOException {
        String end = "end of " + UUID.randomUUID();
        input.write("{\n" + code + "\n} </dev/null\necho; echo '" + end + "'\n");
        input.flush();
        Thread guard = Thread.ofVirtual().start(this::endAfterPatience);
        StringBuilder lines = new StringBuilder();
        String line = output.readLine();
        while (line != null && !line.equals(end)) {
            lines.append(line).append('\n');
            line = output.readLine();
        }
        guard.interrupt();
        if (line == null) {
            fail("%s failed:%n%s%n%s%n%s", name, code, lines, read(folder.resolve("errors")));
        }
        return lines.toString();
    }

    private void endAfterPatience() {
        try {
            Thread.sleep(PATIENCE);
            shell.destroy();
        } catch (InterruptedException e) {
            // The block has ended in time.
        }
    }

    private String query(String statements) {
        Database database = new Database(system.database());
        return Stream.of(statements.split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .flatMap(statement -> database.rows(statement).stream())
                .collect(Collectors.joining("\n"));
    }

    private String bound(MatchResult placeholder) {
        String field = placeholder.group(1);
        return Pattern.compile("\"" + field + "\":\"([^\"]+)\"")
                .matcher(printed())
                .results()
                .reduce((first, last) -> last)
                .map(value -> java.util.regex.Matcher.quoteReplacement(value.group(1)))
                .orElseThrow(() -> new AssertionError("no command before has printed a field " + field));
    }

    private String actual(MatchResult port) {
        int documented = Integer.parseInt(port.group(1));
        return "localhost:" + ports.getOrDefault(documented, documented);
    }

    /**
     * Returns the code that replaces the script {@code run}. The shell writes it, since a file that this JVM writes may still be open in a
     * process that another thread starts meanwhile, and the kernel does not execute a file that is open for writing. A command that an
     * earlier block left in the background may call it at any time, so it is replaced at once and knows the tokens of earlier blocks.
     */
    private String writeRun(String block) {
        TOKEN.matcher(block)
                .results()
                .forEach(call -> tokens.computeIfAbsent(call.group(1), _ -> token(call.group(2), call.group(3))));
        String cases = tokens.entrySet().stream()
                .map(known -> "'%s') echo %s ;;".formatted(known.getKey(), known.getValue()))
                .collect(Collectors.joining("\n"));
        return """
                cat >run.new <<'the end of run'
                #!/bin/sh
                case "$*" in
                %s
                *) exec "$JAVA" -Dtidings.root="$PWD" -cp "$LAUNCHER" dev.tidings.local.cli.Main "$@" ;;
                esac
                the end of run
                chmod 700 run.new
                mv run.new run
                """.formatted(cases);
    }

    private String token(String user, @Nullable String role) {
        return system.tokenIssuer()
                .issue(user, role == null ? Role.USER : Role.of(role).orElseThrow(), Duration.ofHours(1));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the shell and what it left running. */
    @Override
    public void close() {
        shell.descendants().forEach(ProcessHandle::destroy);
        shell.destroy();
    }
}
