package dev.tidings.backend.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidings.events.ConsoleSnapshot.Node;
import dev.tidings.topology.App;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** R-OP-1: the overview says which step is wrong, by the limits of the alerts. */
class WayOfAnEventTest {
    private static final Map<String, Double> PUBLISHES = Map.of("published/PURCHASE_CONFIRMED", 100.0);
    private static final Map<String, Double> TAKES = Map.of("taken/PURCHASE_CONFIRMED", 100.0, "effect/20", 100.0);

    private final OverviewFigures apps = new OverviewFigures();

    @Test
    void nothingIsWrongWhileEverythingIsTaken() {
        apps.steps(30, Map.of(App.BACKEND, PUBLISHES, App.PURCHASE_WORKER, TAKES, App.AUDIT_LOG_SERVICE, audited(100)));

        assertThat(nodes()).extracting(Node::state).containsOnly("ok");
        assertThat(node("outbox-backend").rate()).isEqualTo(10.0);
        Node worker = node("purchase-worker");
        assertThat(worker.waiting()).isZero();
        assertThat(worker.p99Millis()).isCloseTo(20L, within(1L));
    }

    @Test
    void anOutboxWhoseOldestEventIsTooOldIsCritical() {
        apps.step(Map.of(App.BACKEND, Map.of("waiting", 12.0, "oldest", 10.5)));

        Node outbox = node("outbox-backend");
        assertThat(outbox.state()).isEqualTo("critical");
        assertThat(outbox.alert()).isEqualTo("TidingsEventsWaitInTheOutbox");
        assertThat(outbox.waiting()).isEqualTo(12);
        assertThat(outbox.oldestMillis()).isEqualTo(10_500);
    }

    @Test
    void anAppThatDoesNotAnswerIsCriticalAndWhatItHasNotTakenIsCounted() {
        apps.steps(3, Map.of(App.BACKEND, PUBLISHES, App.PURCHASE_WORKER, TAKES));
        apps.silent(App.PURCHASE_WORKER).steps(4, Map.of(App.BACKEND, PUBLISHES));

        Node worker = node("purchase-worker");
        assertThat(worker.alert()).isEqualTo("TidingsServiceIsDown");
        assertThat(worker.rate()).isNull();
        assertThat(worker.waiting()).isEqualTo(400);
        assertThat(node("allocation-worker").state()).isEqualTo("ok");
    }

    @Test
    void aWorkerThatAnswersAndTakesNothingIsBehind() {
        apps.steps(3, Map.of(App.BACKEND, PUBLISHES));

        Node worker = node("purchase-worker");
        assertThat(worker.alert()).isEqualTo("TidingsWorkerIsBehind");
        assertThat(worker.state()).isEqualTo("warning");
        assertThat(worker.waiting()).isEqualTo(300);
    }

    @Test
    void aWorkerThatTakesOldEventsIsBehind() {
        apps.steps(3, Map.of(App.PURCHASE_WORKER, Map.of("effect/15000", 10.0)));

        assertThat(node("purchase-worker").alert()).isEqualTo("TidingsWorkerIsBehind");
    }

    @Test
    void eventsThatAreNotLoggedForTwoMinutesAreCritical() {
        Map<App, Map<String, Double>> published = Map.of(App.BACKEND, Map.of("published/task.created", 5.0));
        apps.steps(AlertLimits.UNLOGGED_STEPS - 1, published);
        assertThat(node("log").state()).isEqualTo("ok");

        apps.step(published);
        assertThat(node("log").alert()).isEqualTo("TidingsEventsAreNotLogged");
    }

    @Test
    void lateScreensAreCritical() {
        apps.steps(3, Map.of(App.WEBSOCKET_SERVICE, Map.of("screen/15000", 10.0)));

        assertThat(node("screens").alert()).isEqualTo("TidingsScreensAreUpdatedLate");
    }

    @Test
    void aDeadLetterIsAWarningForAQuarterOfAnHour() {
        apps.step(Map.of(App.BACKEND, Map.of("deadLetters", 2.0)));
        assertThat(node("dead-letters").waiting()).isEqualTo(2);
        assertThat(node("dead-letters").state()).isEqualTo("warning");

        apps.steps(AlertLimits.FAILED_STEPS, Map.of());
        assertThat(node("dead-letters").state()).isEqualTo("ok");
    }

    @Test
    void whatAWorkerCountedWhenItEndedIsForgivenToTheNextOne() {
        apps.steps(3, Map.of(App.BACKEND, PUBLISHES, App.PURCHASE_WORKER, TAKES));
        apps.step(Map.of(App.BACKEND, PUBLISHES)); // it ended in this step, and took its count along
        apps.restarted(App.PURCHASE_WORKER).steps(3, Map.of());

        assertThat(node("purchase-worker").waiting()).isZero();
        assertThat(node("purchase-worker").state()).isEqualTo("ok");
    }

    @Test
    void replicasAreAddedUp() {
        apps.step(Map.of(App.WEBSOCKET_SERVICE, Map.of("connections", 3.0, "users", 2.0)));
        apps.restarted(App.WEBSOCKET_SERVICE)
                .step(Map.of(App.WEBSOCKET_SERVICE, Map.of("connections", 4.0, "users", 4.0)));

        assertThat(nodes()).filteredOn(node -> node.step().equals("replica")).hasSize(2);
        assertThat(node("screens").text()).isEqualTo("6 users connected");
    }

    @Test
    void theHourHasAPointForEachStepAndNothingWhereNothingIsKnown() {
        apps.steps(2, Map.of(App.BACKEND, PUBLISHES, App.PURCHASE_WORKER, TAKES));

        Charts.Hour hour = Charts.hour(apps.figures(), apps.now());

        int published = line(hour, "published");
        int lag = line(hour, "purchase-worker");
        int screen = line(hour, "p99");
        assertThat(hour.points()).hasSize(3);
        assertThat(hour.points().subList(1, 3)).allSatisfy(point -> {
            assertThat(point.values().get(published)).isEqualTo(10.0);
            assertThat(point.values().get(lag)).isCloseTo(20.0, within(1.0));
            assertThat(point.values().get(screen)).isNull();
        });
        assertThat(Charts.latest(apps.figures(), apps.now()))
                .isEqualTo(hour.points().getLast());
    }

    private static int line(Charts.Hour hour, String name) {
        return hour.lines().stream().map(Charts.ChartLine::name).toList().indexOf(name);
    }

    private static Map<String, Double> audited(double count) {
        return Map.of("audited", count);
    }

    private Node node(String id) {
        return nodes().stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
    }

    private List<Node> nodes() {
        return new WayOfAnEvent(apps.figures(), new AlertLimits(Duration.ofSeconds(10)), apps.now()).nodes();
    }
}
