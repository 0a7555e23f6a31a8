package dev.tidings.backend;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which package may use which. */
class BoundariesTest {
    /** Each package, and which others of the service it uses. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            entry("identity"),
            entry("requests"),
            entry("idempotency"),
            entry("demo", "identity", "requests"),
            entry("pages", "identity"),
            entry("home", "requests"),
            entry("lists"),
            entry("courses", "identity", "lists"),
            entry("payments", "identity", "requests", "lists", "idempotency"),
            entry("allocations", "identity", "requests", "lists", "home"),
            entry("sessions", "identity", "requests", "lists", "idempotency", "allocations", "home"),
            entry("trainers", "identity", "requests", "idempotency", "allocations"),
            entry("tasks", "requests", "lists", "idempotency"),
            entry("products", "identity", "requests", "lists", "idempotency"),
            entry("orders", "identity", "requests", "lists", "idempotency", "products"),
            entry("notifications", "requests", "lists", "idempotency"),
            entry("audit", "identity", "requests", "lists"),
            entry("overview", "identity"),
            entry("journeys", "identity", "requests"),
            entry("operatorlog"),
            entry("connections", "identity", "requests", "operatorlog"),
            entry("deadletters", "identity", "requests", "lists", "idempotency", "operatorlog"));

    private static final JavaClasses SERVICE =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("dev.tidings.backend");

    @Test
    void everyPackageUsesOnlyWhatItMay() {
        MAY_USE.keySet().forEach(name -> boundary("dev.tidings.backend", name).check(SERVICE));
    }

    @Test
    void everyPackageHasItsRule() {
        List<String> packages = SERVICE.stream()
                .map(type -> type.getPackageName())
                .filter(name -> !name.equals("dev.tidings.backend"))
                .map(name -> name.substring("dev.tidings.backend.".length()))
                .distinct()
                .toList();

        assertThat(packages).containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
    }

    @Test
    void noPackagesFormACircle() {
        slices().matching("dev.tidings.backend.(*)..").should().beFreeOfCycles().check(SERVICE);
    }

    @Test
    void theRuleFailsWhereItIsBroken() {
        JavaClasses broken = new ClassFileImporter().importPackages("dev.tidings.backend.fixture");

        assertThat(boundary("dev.tidings.backend.fixture", "lists")
                        .evaluate(broken)
                        .getFailureReport()
                        .getDetails())
                .singleElement()
                .asString()
                .contains("KnowsAFeature", "SomeFeature");
    }

    private static Map.Entry<String, List<String>> entry(String name, String... others) {
        return Map.entry(name, List.of(others));
    }

    private static ArchRule boundary(String root, String name) {
        String[] forbidden = MAY_USE.keySet().stream()
                .filter(other -> !other.equals(name))
                .filter(other -> !MAY_USE.getOrDefault(name, List.of()).contains(other))
                .map(other -> root + "." + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(root + "." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .allowEmptyShould(false);
    }
}
