package dev.tidings.websocket;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import dev.tidings.websocket.stream.StreamName;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which part of the service may use which. */
class ArchitectureTest {
    private static final String ROOT = "dev.tidings.websocket.";

    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("stream", Set.of()),
            Map.entry("access", Set.of()),
            Map.entry("log", Set.of("stream")),
            Map.entry("batch", Set.of()),
            Map.entry("delivery", Set.of("stream", "batch")),
            Map.entry("cluster.membership", Set.of()),
            Map.entry("cluster.registry", Set.of("cluster.membership", "stream", "delivery", "batch")),
            Map.entry("cluster.peers", Set.of("cluster.membership", "cluster.registry", "stream", "delivery")),
            Map.entry(
                    "cluster", Set.of("cluster.membership", "cluster.registry", "cluster.peers", "stream", "delivery")),
            Map.entry("ingest", Set.of("stream", "cluster.peers")),
            Map.entry("socket", Set.of("stream", "delivery", "access")),
            Map.entry("polling", Set.of("stream")),
            Map.entry("operator", Set.of("ingest", "log", "cluster.peers", "delivery", "stream")),
            Map.entry("stats", Set.of("cluster.peers", "access")),
            Map.entry("health", Set.of("cluster", "delivery", "ingest")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.tidings.websocket");

    private static ArchRule onlyUses(String part, Set<String> others) {
        String[] forbidden = CLASSES.stream()
                .map(type -> type.getPackageName())
                .filter(name -> name.startsWith(ROOT))
                .map(name -> name.substring(ROOT.length()))
                .distinct()
                .filter(other -> !other.equals(part) && !others.contains(other))
                .map(other -> ROOT + other)
                .toArray(String[]::new);
        return noClasses()
                .that(resideInAPackage(ROOT + part))
                .should()
                .dependOnClassesThat(resideInAnyPackage(forbidden))
                .allowEmptyShould(true);
    }

    static Stream<String> parts() {
        return MAY_USE.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("parts")
    void aPartUsesOnlyWhatItMay(String part) {
        onlyUses(part, MAY_USE.getOrDefault(part, Set.of())).check(CLASSES);
    }

    @Test
    void everyPartIsInTheList() {
        assertThat(CLASSES.stream()
                        .map(type -> type.getPackageName())
                        .filter(name -> name.startsWith(ROOT))
                        .map(name -> name.substring(ROOT.length())))
                .isSubsetOf(MAY_USE.keySet());
    }

    @Test
    void thereAreNoCycles() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theVocabularyOfDeliveryKnowsNoFramework() {
        noClasses()
                .that(resideInAPackage(ROOT + "stream.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.springframework..", "java.sql..", "io.dapr.."))
                .check(CLASSES);
    }

    /** The rule has teeth: {@code polling} would break it if it might use nothing. */
    @Test
    void aPartThatUsesWhatItMayNotIsFound() {
        EvaluationResult result = onlyUses("polling", Set.of()).evaluate(CLASSES);

        assertThat(result.hasViolation()).isTrue();
        assertThat(result.getFailureReport().toString()).contains(StreamName.class.getName());
    }
}
