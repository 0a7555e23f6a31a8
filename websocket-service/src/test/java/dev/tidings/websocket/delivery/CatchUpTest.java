package dev.tidings.websocket.delivery;

import static dev.tidings.websocket.delivery.Sample.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.websocket.stream.ForwardingEventLog;
import dev.tidings.websocket.stream.InMemoryEventLog;
import dev.tidings.websocket.stream.LogPage;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Reads of the log: shared, bounded, repeated. */
class CatchUpTest {
    /** A log whose reads go on when the test says so, and fail when it says so. */
    private static final class GatedLog extends ForwardingEventLog {
        final InMemoryEventLog events;
        final Semaphore gate = new Semaphore(0);
        final AtomicInteger begun = new AtomicInteger();
        final AtomicInteger failures = new AtomicInteger();

        GatedLog() {
            this(new InMemoryEventLog());
        }

        private GatedLog(InMemoryEventLog events) {
            super(events);
            this.events = events;
        }

        @Override
        public LogPage read(StreamName stream, long after, int limit) {
            begun.incrementAndGet();
            gate.acquireUninterruptibly();
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("the database is away");
            }
            return super.read(stream, after, limit);
        }
    }

    private static final class Waiting implements CatchUp.Reader {
        final Queue<LogPage> pages = new ConcurrentLinkedQueue<>();
        volatile boolean wants = true;

        @Override
        public boolean wantsPage() {
            return wants;
        }

        @Override
        public void pageRead(LogPage page, List<EncodedEvent> messages) {
            pages.add(page);
        }

        @Override
        public void failed() {
            throw new AssertionError("pageRead does not throw here");
        }
    }

    private final GatedLog log = new GatedLog();
    private final Hub hub = new Hub(log);

    @Test
    void thoseAtTheSameNumberShareAReadThatBeginsAfterTheyAsked() {
        hub.append(USER, 1, 5);
        Waiting first = new Waiting();
        hub.catchUp.request(USER, 0, first);
        await().until(() -> log.begun.get() == 1);

        List<Waiting> later = List.of(new Waiting(), new Waiting(), new Waiting());
        hub.append(USER, 6, 1);
        later.forEach(reader -> hub.catchUp.request(USER, 0, reader));
        log.gate.release(2);

        await().until(() -> later.stream().noneMatch(reader -> reader.pages.isEmpty()));
        assertThat(first.pages).hasSize(1);
        assertThat(log.begun).hasValue(2);
        later.forEach(reader -> assertThat(reader.pages.element().events()).hasSize(6));
    }

    @Test
    void aFailingDatabaseIsAskedUntilItAnswers() {
        hub.append(USER, 1, 5);
        log.failures.set(4);
        log.gate.release(5);
        Waiting reader = new Waiting();
        hub.catchUp.request(USER, 0, reader);
        await().until(() -> !reader.pages.isEmpty());
        assertThat(reader.pages.element().events()).hasSize(5);
    }

    @Test
    void nobodyIsAskedForWhoHasGone() {
        Waiting busy = new Waiting();
        hub.catchUp.request(USER, 0, busy);
        await().until(() -> log.begun.get() == 1);
        Waiting gone = new Waiting();
        hub.catchUp.request(USER, 0, gone);
        gone.wants = false;
        log.gate.release(9);
        await().until(() -> !busy.pages.isEmpty());
        Waiting next = new Waiting();
        hub.catchUp.request(USER, 0, next);
        await().until(() -> !next.pages.isEmpty());
        assertThat(gone.pages).isEmpty();
    }

    @Test
    void readsAtOnceAreBounded() {
        for (int after = 0; after < 10; after++) {
            hub.catchUp.request(USER, after, new Waiting());
        }
        await().until(() -> log.begun.get() == Hub.SETTINGS.concurrentReads());
        assertThat(log.gate.getQueueLength()).isLessThanOrEqualTo(Hub.SETTINGS.concurrentReads());
        log.gate.release(100);
        await().until(() -> log.begun.get() == 10);
    }

    @Test
    void theSweepBringsAPushThatNeverCame() {
        FakeWire wire = new FakeWire();
        hub.opened(wire);
        List<LoggedEvent> lost = hub.append(USER, 1, 3);
        log.gate.release(9);
        hub.sweep.sweep();
        await().untilAsserted(() -> assertThat(wire.ids())
                .isEqualTo(lost.stream().map(LoggedEvent::id).toList()));
        assertThat(hub.meters
                        .get("tidings.websocket.gaps.healed")
                        .tag("found_by", "sweep")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void theSweepSendsAwayWhoHoldsNumbersOfALogThatWasRestored() {
        FakeWire before = new FakeWire();
        hub.opened(before);
        log.events.reset();
        FakeWire after = new FakeWire();
        hub.opened(after);
        hub.sweep.sweep();
        await().until(() -> before.closeCode() != null);
        assertThat(before.closeCode()).isEqualTo(CloseReason.LOG_REPLACED.code());
        assertThat(after.closeCode()).isNull();
    }
}
