package dev.tidings.websocket.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link EventLog} promises. Each test uses streams of its own, so the log need not be empty. */
public abstract class EventLogContract {
    private final String suffix = UUID.randomUUID().toString();
    protected final StreamName ada = StreamName.ofUser("ada-" + suffix);
    protected final StreamName bob = StreamName.ofUser("bob-" + suffix);
    protected final StreamName admins = StreamName.ofRole("admin-" + suffix);

    protected abstract EventLog log();

    /** Lets retention take the events up to that number. */
    protected abstract void expire(StreamName stream, long upTo);

    /** Lets the longer retention take ids and types too. */
    protected abstract void forget(StreamName stream, long upTo);

    protected NewEvent event(String id, StreamName... streams) {
        return eventOf("backend", id, streams);
    }

    protected NewEvent eventOf(String source, String id, StreamName... streams) {
        return new NewEvent(
                source,
                id + suffix,
                "task.created",
                "task_update",
                "{\"title\": \"" + id + "\"}",
                new TreeSet<>(List.of(streams)),
                Set.of("ada"));
    }

    private NewEvent typed(String id, String type, StreamName stream) {
        return new NewEvent("backend", id + suffix, type, "task_update", "{}", new TreeSet<>(Set.of(stream)), Set.of());
    }

    private List<NewEvent> events(int count, StreamName stream) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> event("e" + i, stream))
                .toList();
    }

    @Test
    void theEventsOfAStreamAreNumberedFromOneInTheOrderOfTheBatch() {
        List<LoggedEvent> logged = log().append(events(3, ada));

        assertThat(logged).extracting(LoggedEvent::number).containsExactly(1L, 2L, 3L);
        assertThat(logged).extracting(LoggedEvent::id).containsExactly("e1" + suffix, "e2" + suffix, "e3" + suffix);
    }

    @Test
    void aReadGivesBackWhatWasAppended() {
        LoggedEvent appended = log().append(List.of(event("e1", ada))).getFirst();

        LogPage page = log().read(ada, 0, 10);

        assertThat(page.events()).containsExactly(appended);
        assertThat(page.tail()).isEqualTo(1);
        assertThat(page.gap()).isNull();
    }

    @Test
    void largeEventsMakeAPageShort() {
        String large = "{\"text\": \"" + "x".repeat(400_000) + "\"}";
        log().append(IntStream.rangeClosed(1, 7)
                .mapToObj(i -> new NewEvent(
                        "backend", "e" + i + suffix, "t", "m", large, new TreeSet<>(Set.of(ada)), Set.of()))
                .toList());

        long after = 0;
        for (int read = 0; read < 3; read++) {
            LogPage page = log().read(ada, after, EventLog.MAX_PAGE);
            assertThat(page.gap()).isNull();
            assertThat(page.tail()).isEqualTo(7);
            assertThat(page.events()).hasSizeBetween(1, 3);
            assertThat(page.events().getFirst().number()).isEqualTo(after + 1);
            after = lastNumber(page, after);
        }
        assertThat(after).isEqualTo(7);
    }

    @Test
    void anEventForTwoStreamsIsNumberedInEach() {
        log().append(List.of(event("first", ada)));

        List<LoggedEvent> logged = log().append(List.of(event("both", ada, admins)));

        assertThat(logged)
                .extracting(LoggedEvent::stream, LoggedEvent::number)
                .containsExactly(tuple(admins, 1L), tuple(ada, 2L));
    }

    @Test
    void anEventThatIsKnownIsAnsweredWithItsOldNumber() {
        List<LoggedEvent> first = log().append(events(2, ada));

        List<LoggedEvent> again = log().append(List.of(event("e2", ada), event("e3", ada)));

        assertThat(again.getFirst()).isEqualTo(first.get(1));
        assertThat(again.get(1).number()).isEqualTo(3);
        assertThat(log().read(ada, 0, 10).events()).hasSize(3);
    }

    @Test
    void anEventThatIsTwiceInABatchIsAppendedOnce() {
        List<LoggedEvent> logged = log().append(List.of(event("e1", ada), event("e1", ada), event("e2", ada)));

        assertThat(logged).extracting(LoggedEvent::number).containsExactly(1L, 2L);
    }

    @Test
    void equalIdsFromTwoSourcesAreTwoEvents() {
        List<LoggedEvent> logged = log().append(List.of(eventOf("backend", "e1", ada), eventOf("legacy", "e1", ada)));

        assertThat(logged).extracting(LoggedEvent::source).containsExactly("backend", "legacy");
        assertThat(logged).extracting(LoggedEvent::number).containsExactly(1L, 2L);
    }

    @Test
    void anEventThatIsGoneFromTheLogIsStillKnown() {
        log().append(events(2, ada));
        expire(ada, 2);

        assertThat(log().append(List.of(event("e1", ada))).getFirst().number()).isEqualTo(1);
        assertThat(log().tails(List.of(ada))).containsEntry(ada, 2L);
    }

    @Test
    void aRejectedEventInABatchAppendsNothingOfIt() {
        NewEvent rejected = new NewEvent(
                "backend", "nul" + suffix, "t", "m", "{\"a\":\"\\u0000\"}", new TreeSet<>(Set.of(ada)), Set.of());

        assertThatThrownBy(() -> log().append(List.of(event("good", ada), rejected)))
                .isInstanceOf(PoisonEventException.class);

        assertThat(log().tails(List.of(ada))).containsEntry(ada, 0L);
    }

    @Test
    void anEmptyBatchIsNothing() {
        assertThat(log().append(List.of())).isEmpty();
    }

    @Test
    void aPageHoldsAtMostTheLimitAndTheNextGoesOn() {
        log().append(events(5, ada));

        LogPage first = log().read(ada, 0, 2);
        LogPage second = log().read(ada, lastNumber(first, 0), 2);

        assertThat(Stream.concat(first.events().stream(), second.events().stream()))
                .extracting(LoggedEvent::number)
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(first.tail()).isEqualTo(5);
    }

    @Test
    void aPageAtTheTailIsEmpty() {
        log().append(events(2, ada));

        LogPage page = log().read(ada, 2, 10);

        assertThat(page.events()).isEmpty();
        assertThat(page.gap()).isNull();
        assertThat(lastNumber(page, 2)).isEqualTo(2);
    }

    @Test
    void aStreamThatNeverHadAnEventHasTailZero() {
        assertThat(log().read(bob, 0, 10)).isEqualTo(new LogPage(bob, List.of(), 0, null));
    }

    @Test
    void whatIsGoneIsToldWithItsRangeAndItsTypes() {
        log().append(List.of(
                typed("1", "task.created", ada), typed("2", "task.updated", ada), typed("3", "task.updated", ada)));
        log().append(List.of(typed("4", "task.deleted", ada)));
        expire(ada, 3);

        LogPage page = log().read(ada, 1, 10);

        assertThat(page.gap()).isEqualTo(new Gap(ada, 2, 3, Map.of("task.updated", 2L)));
        assertThat(page.events()).extracting(LoggedEvent::number).containsExactly(4L);
    }

    @Test
    void whenAllIsGoneTheGapReachesToTheTail() {
        log().append(events(3, ada));
        expire(ada, 3);

        LogPage page = log().read(ada, 1, 10);

        assertThat(page.events()).isEmpty();
        assertThat(page.gap()).isEqualTo(new Gap(ada, 2, 3, Map.of("task.created", 2L)));
        assertThat(lastNumber(page, 1)).isEqualTo(3);
    }

    @Test
    void whenTheTypesAreForgottenTheRangeIsStillTold() {
        log().append(events(3, ada));
        forget(ada, 2);

        assertThat(log().read(ada, 0, 10).gap()).isEqualTo(new Gap(ada, 1, 2, Map.of()));
    }

    @Test
    void aNumberAboveTheTailIsAGapOfUnknownSize() {
        log().append(events(2, ada));

        LogPage page = log().read(ada, 7, 10);

        assertThat(page.events()).isEmpty();
        assertThat(page.gap()).isEqualTo(Gap.unknown(ada));
        assertThat(lastNumber(page, 7)).isEqualTo(2);
    }

    @Test
    void theTailsOfManyStreamsAreReadAtOnce() {
        log().append(List.of(event("e1", ada, bob), event("e2", ada)));

        assertThat(log().tails(List.of(ada, bob, admins))).isEqualTo(Map.of(ada, 2L, bob, 1L, admins, 0L));
        assertThat(log().tails(Collections.emptyList())).isEmpty();
    }

    @Test
    void aTimeIsTurnedIntoTheNumberAfterWhichAllIsLater() {
        long logged = log().append(events(3, ada)).getFirst().timestamp();

        assertThat(log().numbersAt(List.of(ada, bob), logged - 1)).isEqualTo(Map.of(ada, 0L, bob, 0L));
        assertThat(log().numbersAt(List.of(ada), Long.MAX_VALUE)).isEqualTo(Map.of(ada, 3L));
    }

    @Test
    void aTimeBeforeTheKeptPastLeadsToItsGap() {
        log().append(events(3, ada));
        expire(ada, 2);

        assertThat(log().numbersAt(List.of(ada), 0)).isEqualTo(Map.of(ada, 0L));
        assertThat(log().read(ada, 0, 10).gap()).isNotNull();
    }

    @Test
    void timestampsNeverGoBackInAStream() {
        log().append(events(5, ada));
        log().append(List.of(event("late", ada)));

        assertThat(log().read(ada, 0, 10).events())
                .extracting(LoggedEvent::timestamp)
                .isSorted();
    }

    @Test
    void theEpochStays() {
        assertThat(log().epoch()).isEqualTo(log().epoch());
    }

    private static long lastNumber(LogPage page, long after) {
        return page.events().isEmpty()
                ? page.afterGap(after)
                : page.events().getLast().number();
    }
}
