package dev.tidings.workers;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Workers do not know each other; all of them may use the runtime, which knows none. */
class BoundariesTest {
    private static final String ROOT = "dev.tidings.workers";
    private static final String RUNTIME = ROOT + ".runtime";

    @Test
    void aWorkerUsesTheRuntimeAndNoOtherWorker() {
        JavaClasses workers = new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages(ROOT);

        boundary(ROOT, RUNTIME).check(workers);
    }

    @Test
    void theRuleFailsWhereItIsBroken() {
        JavaClasses broken = new ClassFileImporter().importPackages(ROOT + ".fixture");

        assertThat(boundary(ROOT + ".fixture", RUNTIME)
                        .evaluate(broken)
                        .getFailureReport()
                        .getDetails())
                .singleElement()
                .asString()
                .contains("KnowsAnother", "Neighbour");
    }

    private static SliceRule boundary(String root, String shared) {
        return slices().matching(root + ".(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(DescribedPredicate.alwaysTrue(), resideInAPackage(shared + ".."));
    }
}
