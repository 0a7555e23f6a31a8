package dev.tidings.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.retry.Backoff;
import dev.tidings.sidecar.OutgoingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RelayScheduleTest {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-02-07T12:00:00Z");
    /** No jitter: nothing is taken off. */
    private static final RandomGenerator NO_JITTER = () -> 0L;

    private final RelaySchedule schedule = new RelaySchedule(
            100,
            new Backoff(Duration.ofMillis(200), LONGEST),
            new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2)),
            NO_JITTER);

    private final OutgoingEvent a1 = Events.of("a");
    private final OutgoingEvent b1 = Events.of("b");
    private final OutgoingEvent a2 = Events.of("a");

    @Test
    void whatWaitsGoesAsOneBulkPerTopicInTheOrderOfItsFirstEvent() {
        OutgoingEvent other = Events.of("order.created", "a");

        assertThat(schedule.plan(List.of(other, a1, b1, a2), NOW))
                .containsExactly(new Bulk("order.created", List.of(other), false), bulk(a1, b1, a2));
    }

    @Test
    void aBulkIsNoLargerThanTheWindow() {
        List<OutgoingEvent> many = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            many.add(Events.of("key" + i));
        }

        assertThat(schedule.plan(many, NOW).getFirst().events()).isEqualTo(many.subList(0, 100));
    }

    @Test
    void aBulkThatFailedIsHalvedUntilTheEventAtFaultIsAloneAndOthersGoOn() {
        List<OutgoingEvent> waiting = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            waiting.add(Events.of("key" + i));
        }
        OutgoingEvent refused = waiting.get(37);

        int calls = 0;
        while (waiting.size() > 1) {
            calls++;
            for (Bulk bulk : schedule.plan(waiting, NOW)) {
                if (bulk.events().contains(refused)) {
                    schedule.failed(bulk, NOW);
                } else {
                    schedule.published(bulk);
                    waiting.removeAll(bulk.events());
                }
            }
        }

        assertThat(waiting).containsExactly(refused);
        assertThat(calls).isLessThan(40);
        assertThat(schedule.pausedTopics(NOW)).isEmpty();
    }

    @Test
    void aRefusedEventStopsItsLaneAndIsTriedAloneWhenItsBackoffIsOver() {
        schedule.refused(bulk(a1, b1), Set.of(a1.id()), NOW);

        assertThat(schedule.keysInBackoff(NOW)).containsExactly(new OrderingKey(Events.TOPIC, "a"));
        assertThat(schedule.plan(List.of(a1, a2), NOW)).isEmpty();
        assertThat(schedule.nextDue(NOW)).contains(NOW.plusMillis(200));
        Instant later = NOW.plusMillis(200);
        OutgoingEvent b2 = Events.of("b");
        assertThat(schedule.plan(List.of(a1, a2, b2), later)).containsExactly(bulk(b2), retry(a1));
    }

    @Test
    void theBackoffDoublesUpToItsLimit() {
        Instant now = NOW;
        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            schedule.failed(retry(a1), now);
            Instant due = schedule.nextDue(now).orElseThrow();
            delays.add(Duration.between(now, due));
            now = due;
        }

        assertThat(delays.subList(0, 3))
                .containsExactly(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));
        assertThat(delays.getLast()).isEqualTo(LONGEST);
    }

    @Test
    void aLaneWhoseTrialWorkedIsHealthyAgain() {
        schedule.refused(bulk(a1), Set.of(a1.id()), NOW);
        schedule.published(retry(a1));

        assertThat(schedule.blockedKeys()).isZero();
        assertThat(schedule.plan(List.of(a2, b1), NOW)).containsExactly(bulk(a2, b1));
    }

    @Test
    void anUnreachableSidecarPausesTheTopicAndBlamesNoLane() {
        schedule.unreachable(bulk(a1, b1), NOW);

        assertThat(schedule.pausedTopics(NOW)).containsExactly(Events.TOPIC);
        assertThat(schedule.keysInBackoff(NOW)).isEmpty();
        assertThat(schedule.plan(List.of(a1, b1), NOW)).isEmpty();
        assertThat(schedule.plan(List.of(a1, b1), NOW.plusSeconds(3))).containsExactly(bulk(a1, b1));
    }

    @Test
    void oneRefusedEventDoesNotPauseItsTopicButSeveralInARowDo() {
        schedule.failed(bulk(a1), NOW);
        assertThat(schedule.pausedTopics(NOW)).isEmpty();

        schedule.failed(bulk(b1), NOW);
        assertThat(schedule.pausedTopics(NOW)).containsExactly(Events.TOPIC);
    }

    @Test
    void aTopicThatAnswersAgainHasItsLanesTriedAtOnce() {
        OutgoingEvent c1 = Events.of("c");
        schedule.failed(bulk(a1), NOW);
        schedule.failed(bulk(b1), NOW);
        Instant later = NOW.plusMillis(60);
        schedule.published(bulk(c1));

        assertThat(schedule.plan(List.of(a1, b1), later)).containsExactly(retry(a1));
        schedule.published(retry(a1));
        assertThat(schedule.plan(List.of(b1), later)).containsExactly(retry(b1));
    }

    @Test
    void oneTopicsTroubleLeavesTheOthersAlone() {
        OutgoingEvent other = Events.of("order.created", "a");
        schedule.unreachable(bulk(a1), NOW);

        assertThat(schedule.plan(List.of(a1, other), NOW))
                .containsExactly(new Bulk("order.created", List.of(other), false));
    }

    @Test
    void lanesOfLostSlotsAndLanesWithoutEventsAreForgotten() {
        schedule.refused(bulk(a1, b1), Set.of(a1.id(), b1.id()), NOW);

        schedule.keepOnly(Set.of(Slots.of("a")));
        assertThat(schedule.keysInBackoff(NOW)).containsExactly(new OrderingKey(Events.TOPIC, "a"));
        schedule.forgetAllBut(List.of(), NOW);
        assertThat(schedule.blockedKeys()).isOne();
        schedule.forgetAllBut(List.of(), NOW.plusSeconds(1));
        assertThat(schedule.blockedKeys()).isZero();
    }

    private static Bulk bulk(OutgoingEvent... events) {
        return new Bulk(Events.TOPIC, List.of(events), false);
    }

    private static Bulk retry(OutgoingEvent event) {
        return new Bulk(Events.TOPIC, List.of(event), true);
    }
}
