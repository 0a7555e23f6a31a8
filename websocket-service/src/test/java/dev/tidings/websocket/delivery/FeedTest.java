package dev.tidings.websocket.delivery;

import static dev.tidings.websocket.delivery.Sample.ROLE;
import static dev.tidings.websocket.delivery.Sample.USER;
import static dev.tidings.websocket.delivery.Sample.message;
import static dev.tidings.websocket.delivery.Sample.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.Gap;
import dev.tidings.websocket.stream.LogPage;
import dev.tidings.websocket.stream.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The state machine of docs/architecture.md#the-one-idea (R-EV-3). */
class FeedTest {
    private static final long EPOCH = 7;

    /** Writes down what the feed decides, as text. */
    private static final class Record implements FeedSink {
        final List<String> decisions = new ArrayList<>();
        int room = Integer.MAX_VALUE;

        @Override
        public boolean hasRoom() {
            return room > 0;
        }

        @Override
        public void send(EncodedEvent message, Cursor cursor, boolean isNew) {
            room--;
            decisions.add((isNew ? "new " : "past ") + message.event().stream() + " "
                    + message.event().number());
        }

        @Override
        public void send(Gap gap, @Nullable Cursor cursor) {
            decisions.add("gap " + gap.stream() + " " + (gap.isUnknown() ? "?" : gap.from() + "-" + gap.to()));
        }

        @Override
        public void read(StreamName stream, long after) {
            decisions.add("read " + stream + " after " + after);
        }

        @Override
        public void fellBehind(Cause cause) {
            decisions.add("behind " + cause);
        }

        List<String> take() {
            List<String> taken = List.copyOf(decisions);
            decisions.clear();
            return taken;
        }
    }

    private final Record out = new Record();

    private Feed feed(Map<StreamName, Long> cursor, Map<StreamName, Long> tails) {
        Feed feed =
                new Feed("user-123", tails.keySet().stream().sorted().toList().reversed(), out);
        feed.start(Cursor.at(EPOCH, cursor), EPOCH, tails);
        feed.begin();
        return feed;
    }

    private Feed liveAt(long number) {
        Feed feed = feed(Map.of(), Map.of(USER, number));
        assertThat(feed.isLive(USER)).isTrue();
        return feed;
    }

    private static void answer(Feed feed, LogPage page) {
        feed.pageRead(page, EncodedEvent.of(page.events()));
    }

    private long lastOf(Feed feed, StreamName stream) {
        return Objects.requireNonNull(feed.cursor()).numberOf(stream).orElseThrow();
    }

    @Test
    void theNextNumberIsSentAsItComes() {
        Feed feed = liveAt(4);
        feed.push(message(USER, 5));
        assertThat(out.take()).containsExactly("new user:user-123 5");
        assertThat(lastOf(feed, USER)).isEqualTo(5);
    }

    @Test
    void aNumberSentBeforeIsDropped() {
        Feed feed = liveAt(4);
        feed.push(message(USER, 4));
        feed.push(message(USER, 1));
        assertThat(out.take()).isEmpty();
    }

    @Test
    void aHoleIsReadFromTheLog() {
        Feed feed = liveAt(4);
        feed.push(message(USER, 7));
        assertThat(out.take()).containsExactly("behind HOLE", "read user:user-123 after 4");
        answer(feed, page(USER, 4, 7, 10));
        assertThat(out.take()).containsExactly("new user:user-123 5", "new user:user-123 6", "new user:user-123 7");
        assertThat(feed.isLive(USER)).isTrue();
    }

    @Test
    void aPushThatArrivesWhileTheLastPageIsReadIsReadToo() {
        Feed feed = liveAt(4);
        feed.push(message(USER, 6));
        LogPage readBeforeSevenWasAppended = page(USER, 4, 6, 10);
        feed.push(message(USER, 7));
        out.take();
        answer(feed, readBeforeSevenWasAppended);
        assertThat(out.take())
                .containsExactly("new user:user-123 5", "new user:user-123 6", "read user:user-123 after 6");
        assertThat(feed.isLive(USER)).isFalse();
        answer(feed, page(USER, 6, 7, 10));
        assertThat(out.take()).containsExactly("new user:user-123 7");
        assertThat(feed.isLive(USER)).isTrue();
    }

    @Test
    void aFullPageIsFollowedByTheNext() {
        Feed feed = feed(Map.of(USER, 0L), Map.of(USER, 3L));
        assertThat(out.take()).containsExactly("read user:user-123 after 0");
        answer(feed, page(USER, 0, 3, 2));
        assertThat(out.take())
                .containsExactly("past user:user-123 1", "past user:user-123 2", "read user:user-123 after 2");
    }

    @Test
    void aFullSocketMakesTheStreamWaitInTheLog() {
        Feed feed = liveAt(0);
        out.room = 1;
        feed.push(message(USER, 1));
        feed.push(message(USER, 2));
        feed.push(message(USER, 3));
        assertThat(out.take()).containsExactly("new user:user-123 1", "behind SLOW");
        assertThat(feed.isFull()).isTrue();
        out.room = 1;
        feed.drained();
        assertThat(out.take()).containsExactly("read user:user-123 after 1");
        answer(feed, page(USER, 1, 3, 10));
        assertThat(out.take()).containsExactly("new user:user-123 2", "behind SLOW");
        out.room = 9;
        feed.drained();
        answer(feed, page(USER, 2, 3, 10));
        assertThat(out.take()).containsExactly("read user:user-123 after 2", "new user:user-123 3");
        assertThat(feed.isLive(USER)).isTrue();
    }

    /** A client that a hole made fall behind may stop reading before it is live again. */
    @Test
    void aSocketThatIsFullInACatchUpCountsAsSlow() {
        Feed feed = liveAt(0);
        feed.push(message(USER, 2));
        out.room = 1;
        answer(feed, page(USER, 0, 2, 10));
        assertThat(out.take())
                .containsExactly("behind HOLE", "read user:user-123 after 0", "new user:user-123 1", "behind SLOW");
        assertThat(feed.isFull()).isTrue();
    }

    @Test
    void aSocketThatIsFullInTheFirstCatchUpDoesNotCountAsSlow() {
        out.room = 1;
        Feed feed = feed(Map.of(USER, 0L), Map.of(USER, 2L));
        answer(feed, page(USER, 0, 2, 10));
        assertThat(out.take()).containsExactly("read user:user-123 after 0", "past user:user-123 1");
        assertThat(feed.isFull()).isTrue();
    }

    @Test
    void theFirstCatchUpOfAllStreamsEndsBeforeAnythingLiveIsSent() {
        Feed feed = feed(Map.of(USER, 1L, ROLE, 1L), Map.of(USER, 2L, ROLE, 2L));
        feed.push(message(USER, 3));
        assertThat(out.take()).containsExactly("read user:user-123 after 1");
        answer(feed, page(USER, 1, 3, 10));
        feed.push(message(USER, 4));
        assertThat(out.take()).containsExactly("past user:user-123 2", "read role:student after 1");
        answer(feed, page(ROLE, 1, 2, 10));
        assertThat(out.take()).containsExactly("past role:student 2", "read user:user-123 after 2");
        answer(feed, page(USER, 2, 4, 10));
        assertThat(out.take()).containsExactly("new user:user-123 3", "new user:user-123 4");
        assertThat(feed.isLive(USER) && feed.isLive(ROLE)).isTrue();
    }

    @Test
    void aPushBeforeTheStartIsNotForgotten() {
        Feed feed = new Feed("user-123", List.of(USER), out);
        feed.push(message(USER, 6));
        feed.start(null, EPOCH, Map.of(USER, 5L));
        feed.begin();
        assertThat(out.take()).containsExactly("read user:user-123 after 5");
    }

    @Test
    void theSweepHealsAPushThatNeverCame() {
        Feed feed = liveAt(4);
        feed.sweep(USER, 5);
        assertThat(out.take()).containsExactly("behind SWEEP", "read user:user-123 after 4");
    }

    @Test
    void aTailReadBeforeTheLastPushMeansNothing() {
        Feed feed = liveAt(4);
        feed.sweep(USER, 3);
        assertThat(feed.isLive(USER)).isTrue();
        assertThat(out.take()).isEmpty();
    }

    @Test
    void aStreamThatIsCaughtUpDoesNotStopAnother() {
        Feed feed = feed(Map.of(), Map.of(USER, 0L, ROLE, 0L));
        feed.push(message(USER, 2));
        feed.push(message(ROLE, 1));
        assertThat(out.take()).containsExactly("behind HOLE", "read user:user-123 after 0", "new role:student 1");
    }

    @Test
    void theRolesCopyOfAUsersOwnEventIsPassedOver() {
        Feed feed = feed(Map.of(), Map.of(USER, 0L, ROLE, 0L));
        feed.push(EncodedEvent.of(Sample.event(ROLE, 1, Set.of("user-123"))));
        assertThat(out.take()).isEmpty();
        assertThat(lastOf(feed, ROLE)).isEqualTo(1);
        feed.push(EncodedEvent.of(Sample.event(ROLE, 2, Set.of("user-456"))));
        assertThat(out.take()).containsExactly("new role:student 2");
    }

    @Test
    void whatIsGoneIsToldBeforeWhatFollows() {
        Feed feed = feed(Map.of(USER, 1L), Map.of(USER, 5L));
        out.take();
        Gap gap = new Gap(USER, 2, 4, Map.of("task.created", 3L));
        answer(feed, new LogPage(USER, List.of(Sample.event(USER, 5)), 5, gap));
        assertThat(out.take()).containsExactly("gap user:user-123 2-4", "past user:user-123 5");
    }

    @Test
    void aNumberAboveTheTailIsAGapOfUnknownSizeAndThenTheTail() {
        Feed feed = new Feed("user-123", List.of(USER, ROLE), out);
        feed.start(Cursor.at(EPOCH, Map.of(USER, 9L, ROLE, 2L)), EPOCH, Map.of(USER, 5L, ROLE, 2L));
        assertThat(feed.cursor())
                .as("the client's own cursor stands until it was told")
                .isNull();
        feed.begin();
        assertThat(out.take()).containsExactly("gap user:user-123 ?");
        assertThat(lastOf(feed, USER)).isEqualTo(5);
        assertThat(lastOf(feed, ROLE)).isEqualTo(2);
    }

    @Test
    void aCursorOfAnotherEpochIsAGapInEveryStreamItNames() {
        Feed feed = new Feed("user-123", List.of(USER, ROLE), out);
        feed.start(Cursor.at(EPOCH + 1, Map.of(USER, 3L)), EPOCH, Map.of(USER, 5L, ROLE, 2L));
        feed.begin();
        assertThat(out.take()).containsExactly("gap user:user-123 ?");
        assertThat(feed.isLive(USER) && feed.isLive(ROLE)).isTrue();
    }

    @Test
    void streamsOfOthersInACursorAreIgnoredAndMissingOnesStartAtTheTail() {
        Feed feed = feed(Map.of(StreamName.ofUser("someone-else"), 1L), Map.of(USER, 5L));
        assertThat(out.take()).isEmpty();
        assertThat(lastOf(feed, USER)).isEqualTo(5);
        feed.push(message(StreamName.ofUser("someone-else"), 2));
        assertThat(out.take()).isEmpty();
    }

    @Test
    void aLogThatLostItsEndIsToldAsAGapAndEndsTheCatchUp() {
        Feed feed = liveAt(8);
        feed.push(message(USER, 10));
        out.take();
        answer(feed, new LogPage(USER, List.of(), 2, Gap.unknown(USER)));
        // What was heard of may belong to the log that is gone or to the new one, so the log is asked once more.
        assertThat(out.take()).containsExactly("gap user:user-123 ?", "read user:user-123 after 2");
        answer(feed, new LogPage(USER, List.of(), 2, null));
        assertThat(feed.isLive(USER)).isTrue();
        assertThat(lastOf(feed, USER)).isEqualTo(2);
    }

    @Test
    void aPageWithAHoleInsideIsABugAndNotALoss() {
        Feed feed = feed(Map.of(USER, 0L), Map.of(USER, 3L));
        assertThatThrownBy(() -> answer(feed, new LogPage(USER, List.of(Sample.event(USER, 2)), 3, null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has 2 after 0");
    }

    @Test
    void aPositionCannotBecomeLiveBehindWhatItHeardOf() {
        assertThatThrownBy(() -> new Position.CatchingUp(3, 5).live())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("would lose events up to 5");
    }
}
