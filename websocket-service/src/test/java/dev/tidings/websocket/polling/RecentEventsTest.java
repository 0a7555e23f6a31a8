package dev.tidings.websocket.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.websocket.polling.RecentEvents.EventPage;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.Gap;
import dev.tidings.websocket.stream.InMemoryEventLog;
import dev.tidings.websocket.stream.NewEvent;
import dev.tidings.websocket.stream.StreamName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RecentEventsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final StreamName ADA = StreamName.ofUser("ada");
    private static final StreamName ADMINS = StreamName.ofRole("admin");
    private static final List<StreamName> STREAMS = List.of(ADA, ADMINS);

    private final AtomicLong now = new AtomicLong(1_000);
    private final InMemoryEventLog log = new InMemoryEventLog(() -> Instant.ofEpochMilli(now.getAndAdd(10)));
    private final RecentEvents recentEvents = new RecentEvents(log);

    private void append(String id, Set<String> recipients, StreamName... streams) {
        log.append(List.of(new NewEvent("s", id, "t", "m", "{}", new TreeSet<>(List.of(streams)), recipients)));
    }

    private void append(int from, int to, StreamName stream) {
        IntStream.rangeClosed(from, to).forEach(i -> append(stream.owner() + i, Set.of(), stream));
    }

    private static List<String> ids(EventPage answer) {
        return answer.messages().stream()
                .map(message -> JSON.readTree(message).get("id").asString())
                .toList();
    }

    @Test
    void withNeitherCursorNorTimeThereAreNoEventsAndTheTail() {
        append(1, 3, ADA);

        EventPage tail = recentEvents.tail(STREAMS);
        append(4, 4, ADA);

        assertThat(tail.messages()).isEmpty();
        assertThat(ids(recentEvents.after("ada", STREAMS, tail.cursor()))).containsExactly("ada4");
    }

    @Test
    void theEventsOfAllStreamsComeOldestFirst() {
        Cursor start = recentEvents.tail(STREAMS).cursor();
        append("1", Set.of(), ADA);
        append("2", Set.of(), ADMINS);
        append("3", Set.of(), ADA);

        EventPage answer = recentEvents.after("ada", STREAMS, start);

        assertThat(ids(answer)).containsExactly("1", "2", "3");
        assertThat(answer.hasMore()).isFalse();
    }

    @Test
    void goingOnFromAnyMessagesCursorNeitherLosesNorRepeats() {
        Cursor start = recentEvents.tail(STREAMS).cursor();
        IntStream.range(0, 20).forEach(i -> append("e" + i, Set.of(), i % 3 == 0 ? ADMINS : ADA));
        EventPage all = recentEvents.after("ada", STREAMS, start);

        for (int seen = 0; seen < 20; seen++) {
            String cursor =
                    JSON.readTree(all.messages().get(seen)).get("cursor").asString();
            assertThat(ids(recentEvents.after(
                            "ada", STREAMS, Cursor.decode(cursor).orElseThrow())))
                    .isEqualTo(ids(all).subList(seen + 1, 20));
        }
    }

    @Test
    void pageByPageEveryEventComesOnce() {
        Cursor cursor = recentEvents.tail(STREAMS).cursor();
        append(1, 150, ADA);
        append(1, 170, ADMINS);
        append(151, 260, ADA);

        List<String> seen = new ArrayList<>();
        EventPage answer;
        do {
            answer = recentEvents.after("ada", STREAMS, cursor);
            assertThat(answer.messages()).hasSizeLessThanOrEqualTo(RecentEvents.MAX_EVENTS);
            seen.addAll(ids(answer));
            cursor = answer.cursor();
        } while (answer.hasMore());

        assertThat(seen).hasSize(430).doesNotHaveDuplicates();
        assertThat(seen.stream().filter(id -> id.startsWith("ada")))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 260).mapToObj(i -> "ada" + i).toList());
    }

    @Test
    void anEventForUserAndRoleComesOnceToAUserOfThatRole() {
        Cursor start = recentEvents.tail(STREAMS).cursor();
        append("order", Set.of("ada"), ADA, ADMINS);
        append("other", Set.of("bob"), StreamName.ofUser("bob"), ADMINS);

        EventPage answer = recentEvents.after("ada", STREAMS, start);

        assertThat(ids(answer)).containsExactly("order", "other");
        assertThat(recentEvents.after("ada", STREAMS, answer.cursor()).messages())
                .isEmpty();
    }

    @Test
    void sinceIsComparedWithTheTimeOfLogging() {
        append("1", Set.of(), ADA);
        long between = now.get() - 1;
        append("2", Set.of(), ADA);

        assertThat(ids(recentEvents.since("ada", STREAMS, between))).containsExactly("2");
        assertThat(ids(recentEvents.since("ada", STREAMS, 0))).containsExactly("1", "2");
        assertThat(ids(recentEvents.since("ada", STREAMS, Long.MAX_VALUE))).isEmpty();
    }

    @Test
    void whatIsGoneIsToldOnce() {
        Cursor start = recentEvents.tail(STREAMS).cursor();
        append(1, 5, ADA);
        log.expire(ADA, 3);

        EventPage answer = recentEvents.after("ada", STREAMS, start);

        assertThat(answer.gaps()).containsExactly(new Gap(ADA, 1, 3, Map.of("t", 3L)));
        assertThat(ids(answer)).containsExactly("ada4", "ada5");
        assertThat(recentEvents.after("ada", STREAMS, answer.cursor()).gaps()).isEmpty();
    }

    @Test
    void aCursorOfAnotherEpochIsAGapOfUnknownSizeThenTheTail() {
        append(1, 5, ADA);
        Cursor old = recentEvents.tail(STREAMS).cursor();
        log.reset();
        append(1, 2, ADA);

        EventPage answer = recentEvents.after("ada", STREAMS, old);

        assertThat(answer.gaps()).containsExactly(Gap.unknown(ADA), Gap.unknown(ADMINS));
        assertThat(answer.messages()).isEmpty();
        append(3, 3, ADA);
        assertThat(ids(recentEvents.after("ada", STREAMS, answer.cursor()))).containsExactly("ada3");
    }

    @Test
    void aCursorFromAboveTheTailIsAGapOfUnknownSizeThenTheTail() {
        append(1, 2, ADA);

        EventPage answer = recentEvents.after("ada", STREAMS, Cursor.at(log.epoch(), Map.of(ADA, 9L)));

        assertThat(answer.gaps()).containsExactly(Gap.unknown(ADA));
        assertThat(answer.hasMore()).isFalse();
        append(3, 3, ADA);
        assertThat(ids(recentEvents.after("ada", STREAMS, answer.cursor()))).containsExactly("ada3");
    }

    @Test
    void aCursorOfAnotherUserStartsAtTheTailAndGrantsNothing() {
        append(1, 2, ADA);
        append("secret", Set.of(), StreamName.ofUser("bob"));
        Cursor ofBob = Cursor.at(log.epoch(), Map.of(StreamName.ofUser("bob"), 0L));

        EventPage answer = recentEvents.after("ada", STREAMS, ofBob);

        assertThat(answer.messages()).isEmpty();
        assertThat(answer.gaps()).isEmpty();
    }
}
