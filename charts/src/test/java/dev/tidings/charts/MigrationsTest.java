package dev.tidings.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Migrations are safe during a rolling update: while the new release's tables are there, the old release's services still work on
 * them (CONTRIBUTING.md). So a migration takes nothing away that they use, demands nothing of them that they do not write, and locks
 * no table for longer than a moment.
 *
 * <p>What a release no longer uses, the next one may remove, in a migration that says so in a line of its own:
 * {@code -- contract: not used since <release>}.
 */
class MigrationsTest {

    private static final Path ROOT = ProjectRoot.find();
    /** There was no release before it. */
    private static final Pattern FIRST_RELEASE = Pattern.compile("V([12]|20261121_\\d+)__");

    private static final Pattern CONTRACT = Pattern.compile("(?m)^-- contract: not used since \\S+$");

    /** What a statement must not do to a table that another migration made, and why. */
    private static final Map<Pattern, String> UNSAFE = Map.of(
            statement("\\bDROP\\s+(TABLE|COLUMN|VIEW|SCHEMA|TYPE|FUNCTION)\\b"), "the old release still uses it",
            statement("^\\s*TRUNCATE\\b"), "the old release still uses it",
            statement("\\bRENAME\\b"), "the old release knows the old name",
            statement("\\bALTER\\s+COLUMN\\s+\\w+\\s+(SET\\s+DATA\\s+)?TYPE\\b"), "it rewrites the table under a lock",
            statement("\\bSET\\s+NOT\\s+NULL\\b"), "the old release may leave the column out",
            statement("\\bADD\\s+COLUMN\\b(?=[^,;]*\\bNOT\\s+NULL\\b)(?![^,;]*\\bDEFAULT\\b)"),
                    "the old release leaves the column out: give it a default",
            statement("\\bADD\\s+(CONSTRAINT\\s+\\w+\\s+)?(CHECK|FOREIGN\\s+KEY)\\b(?![^,;]*\\bNOT\\s+VALID\\b)"),
                    "it reads the whole table under a lock: add it NOT VALID, and validate it in a later migration");

    private static final Pattern INDEX = statement(
            "\\bCREATE\\s+(UNIQUE\\s+)?INDEX\\s+(?<concurrently>CONCURRENTLY\\s+)?(IF\\s+NOT\\s+EXISTS\\s+)?\\w+\\s+ON\\s+(?<table>\\w+)");
    private static final Pattern CREATED = statement("\\bCREATE\\s+TABLE\\s+(IF\\s+NOT\\s+EXISTS\\s+)?(?<table>\\w+)");

    static List<Path> migrations() {
        return list(ROOT, 1)
                .map(module -> module.resolve("src/main/resources"))
                .filter(Files::isDirectory)
                .flatMap(resources -> list(resources, 10))
                .filter(file -> file.toString().matches(".*/migration/V[^/]*__[^/]*\\.sql"))
                .toList();
    }

    private static Stream<Path> list(Path folder, int depth) {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("migrations")
    void theReleaseBeforeWorksOnTheNewTables(Path migration) {
        boolean isFirst =
                FIRST_RELEASE.matcher(migration.getFileName().toString()).lookingAt();

        assertThat(complaints(Yaml.text(migration), isFirst))
                .as("%s", ROOT.relativize(migration))
                .isEmpty();
    }

    @Test
    void allServicesThatMigrateAreLookedAt() {
        assertThat(migrations().stream()
                        .map(file -> ROOT.relativize(file).getName(0).toString()))
                .contains("backend", "messaging", "websocket-service");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE task DROP COLUMN title;",
                "ALTER TABLE task RENAME COLUMN title TO name;",
                "ALTER TABLE task ALTER COLUMN title TYPE varchar(20);",
                "ALTER TABLE task ALTER COLUMN title SET NOT NULL;",
                "ALTER TABLE task ADD COLUMN colour text NOT NULL;",
                "ALTER TABLE task ADD CONSTRAINT short CHECK (length(title) < 9);",
                "CREATE INDEX by_title ON task (title);",
                "DROP TABLE task;",
            })
    void whatTheReleaseBeforeCannotBearIsFound(String statement) {
        assertThat(complaints(statement, false)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE task ADD COLUMN colour text, ADD COLUMN size int NOT NULL DEFAULT 1;",
                "CREATE TABLE hue (id int NOT NULL); CREATE INDEX hue_by_id ON hue (id);",
                "CREATE INDEX CONCURRENTLY by_title ON task (title);",
                "ALTER TABLE task ADD CONSTRAINT short CHECK (length(title) < 9) NOT VALID;",
                "-- contract: not used since 0.2.0\nALTER TABLE task DROP COLUMN title;",
            })
    void whatItCanBearIsAllowed(String statements) {
        assertThat(complaints(statements, false)).isEmpty();
    }

    /** @param tablesAreNew whether all of them came with this release */
    private static List<String> complaints(String migration, boolean tablesAreNew) {
        if (CONTRACT.matcher(migration).find()) {
            return List.of();
        }
        Set<String> created = new TreeSet<>();
        CREATED.matcher(migration).results().forEach(table -> created.add(table.group("table")));
        return Arrays.stream(migration.replaceAll("--.*", "").split(";"))
                .flatMap(statement -> Stream.concat(
                        UNSAFE.entrySet().stream()
                                .filter(rule -> rule.getKey().matcher(statement).find())
                                .map(rule -> statement.strip() + ": " + rule.getValue()),
                        INDEX.matcher(statement)
                                .results()
                                .filter(index -> index.group("concurrently") == null
                                        && !tablesAreNew
                                        && !created.contains(index.group("table")))
                                .map(index ->
                                        statement.strip() + ": nobody can write meanwhile; CREATE INDEX CONCURRENTLY")))
                .toList();
    }

    private static Pattern statement(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
