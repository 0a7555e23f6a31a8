package dev.tidings.systemtests.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.systemtests.stack.StackFolder;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * CONTRIBUTING, "Add an event type" and "Add a worker": few files, and the event reaches a socket, a handler and a worker. The copy of
 * the checkout runs from the jars of the build with the changed classes in them.
 */
@Order(0)
class TheRecipesOfContributingIT {

    private static final int MOST_FILES_OF_AN_EVENT = 10;
    private static final int MOST_FILES_OF_A_WORKER = 6;

    @Test
    void anEventAndAWorkerTakeFewFilesAndWork() throws Exception {
        CheckoutCopy copy = CheckoutCopy.in(StackFolder.fresh("recipes"));
        List<String> ofTheEvent = copy.apply("event");
        List<String> ofTheWorker = copy.apply("worker");
        copy.build();

        copy.run(List.of("charts/target/test-classes"), "dev.tidings.charts.TopologyFiles");
        copy.run(List.of("local/target/test-classes"), "dev.tidings.local.topology.DaprYaml");
        String output =
                copy.run(List.of(), RatingsRun.class.getName(), copy.root().toString());

        // The test of the handler, which the recipes leave out, counts too.
        assertThat(ofTheEvent).hasSizeLessThan(MOST_FILES_OF_AN_EVENT);
        assertThat(ofTheWorker).hasSizeLessThan(MOST_FILES_OF_A_WORKER);
        List<String> generated = new ArrayList<>(copy.changedFiles());
        generated.removeAll(ofTheEvent);
        generated.removeAll(ofTheWorker);
        assertThat(generated)
                .as("written by `make generated`")
                .containsExactlyInAnyOrder(
                        "charts/tidings/files/scripts/database.sql",
                        "charts/tidings/files/topology.yaml",
                        "dapr-components/pubsub-kafka.yaml",
                        "dapr-components/resiliency.yaml",
                        "dapr.yaml");
        assertThat(output.lines().filter(line -> line.startsWith(RatingsRun.RECEIVED)))
                .containsExactlyInAnyOrder(
                        RatingsRun.RECEIVED + "business-event COURSE_RATED",
                        RatingsRun.RECEIVED + "notification Thank you for your rating",
                        RatingsRun.RECEIVED + "notification What did you miss?");
    }

    /** The class path of this JVM. */
    static List<String> ownClassPath() {
        return Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
    }
}
