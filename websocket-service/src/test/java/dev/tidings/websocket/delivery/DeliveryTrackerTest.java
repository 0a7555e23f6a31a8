package dev.tidings.websocket.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.StreamName;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DeliveryTrackerTest {
    private static final StreamName ADA = StreamName.ofUser("ada");
    private static final StreamName USERS = StreamName.ofRole("user");
    private static final long EPOCH = 7;

    private final DeliveryTracker receipts = new DeliveryTracker();

    private static Cursor at(long user, long role) {
        return Cursor.at(EPOCH, Map.of(ADA, user, USERS, role));
    }

    @Test
    void anAcknowledgementOfWhatWasNotSentIsRefused() {
        receipts.start(at(5, 2), 0);
        receipts.sent(at(6, 2), 10);

        assertThat(receipts.acknowledge(at(7, 2), 11)).isFalse();
        assertThat(receipts.acknowledge(at(6, 3), 11)).isFalse();
        assertThat(receipts.acknowledge(at(Long.MAX_VALUE, 0), 11)).isFalse();
        assertThat(receipts.acknowledgedUpTo(ADA)).isEmpty();
        assertThat(receipts.acknowledge(at(6, 2), 12)).isTrue();
        assertThat(receipts.acknowledgedUpTo(ADA)).hasValue(6);
    }

    @Test
    void anAcknowledgementOfAnotherLogOrOfAnotherStreamSaysNothing() {
        receipts.start(at(5, 2), 0);

        assertThat(receipts.acknowledge(Cursor.at(EPOCH + 1, Map.of(ADA, 99L)), 1))
                .isTrue();
        assertThat(receipts.acknowledge(Cursor.at(EPOCH, Map.of(StreamName.ofUser("bob"), 99L)), 1))
                .isTrue();
        assertThat(receipts.acknowledgedUpTo(ADA).orElse(0)).isLessThanOrEqualTo(5);
    }

    @Test
    void anOlderAcknowledgementTakesNothingBack() {
        receipts.start(at(5, 2), 0);
        receipts.sent(at(8, 2), 1);
        receipts.acknowledge(at(8, 2), 2);
        receipts.acknowledge(at(6, 2), 3);

        assertThat(receipts.acknowledgedUpTo(ADA)).hasValue(8);
    }

    @Test
    void theTimesOfTheLatestStepsAreKnown() {
        receipts.start(at(5, 2), 100);
        receipts.sent(at(6, 2), 110);
        receipts.sent(at(6, 3), 120);
        receipts.sent(at(8, 3), 130);
        receipts.acknowledge(at(8, 3), 140);

        assertThat(ConnectionProgress.timeOf(5, receipts.sentMarks(ADA))).isNull();
        assertThat(ConnectionProgress.timeOf(6, receipts.sentMarks(ADA))).isEqualTo(110);
        assertThat(ConnectionProgress.timeOf(7, receipts.sentMarks(ADA))).isEqualTo(130);
        assertThat(ConnectionProgress.timeOf(9, receipts.sentMarks(ADA))).isNull();
        assertThat(ConnectionProgress.timeOf(3, receipts.sentMarks(USERS))).isEqualTo(120);
        assertThat(ConnectionProgress.timeOf(6, receipts.acknowledgedMarks(ADA)))
                .isEqualTo(140);
    }

    @Test
    void aTimeThatIsNoLongerKnownIsNotGuessed() {
        receipts.start(at(0, 0), 0);
        LongStream.rangeClosed(1, 100).forEach(number -> receipts.sent(at(number, 0), number));

        assertThat(ConnectionProgress.timeOf(50, receipts.sentMarks(ADA))).isNull();
        assertThat(ConnectionProgress.timeOf(100, receipts.sentMarks(ADA))).isEqualTo(100);
    }

    /** Whatever a client acknowledges, operators never see more than was sent. */
    @Property
    void nothingBeyondWhatWasSentIsEverAcknowledged(
            @ForAll @Size(max = 30) List<@LongRange(min = 0, max = 40) Long> acknowledgements) {
        DeliveryTracker any = new DeliveryTracker();
        any.start(at(0, 0), 0);
        long sent = 0;
        for (long number : acknowledgements) {
            any.sent(at(++sent, 0), sent);
            assertThat(any.acknowledge(at(number, 0), sent)).isEqualTo(number <= sent);
            assertThat(any.acknowledgedUpTo(ADA).orElse(0)).isLessThanOrEqualTo(sent);
        }
    }
}
