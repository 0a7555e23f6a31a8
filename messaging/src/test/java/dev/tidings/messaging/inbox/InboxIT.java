package dev.tidings.messaging.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.tidings.devkit.Infrastructure;
import dev.tidings.devkit.TidingsDatabase.Login;
import dev.tidings.sidecar.CloudEventReader;
import dev.tidings.sidecar.ReceivedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An event is accepted once per consumer, whoever else tries at the same time (R-PF-9). */
class InboxIT {
    private static final PGSimpleDataSource DATA_SOURCE = migratedDatabase();
    private static final JdbcClient JDBC = JdbcClient.create(DATA_SOURCE);

    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(DATA_SOURCE));
    private final Inbox inbox = new Inbox(JDBC, "purchase-worker");
    private final ReceivedEvent event = event(UUID.randomUUID().toString(), "backend");

    @Test
    void anEventIsAcceptedOnce() {
        assertThat(accept(inbox, event)).isTrue();
        assertThat(accept(inbox, event)).isFalse();
        assertThat(inbox.unprocessed(List.of(event))).isEmpty();
    }

    @Test
    void theSameIdOfAnotherSourceOrForAnotherConsumerIsAnotherEvent() {
        assertThat(accept(inbox, event)).isTrue();
        assertThat(accept(inbox, event(event.id(), "foreign-service"))).isTrue();
        assertThat(accept(new Inbox(JDBC, "cache-worker"), event)).isTrue();
    }

    @Test
    void ofABatchTheNewEventsAreAcceptedInTheirOrderAndEqualOnesOnce() {
        ReceivedEvent old = event(UUID.randomUUID().toString(), "backend");
        ReceivedEvent other = event(UUID.randomUUID().toString(), "backend");
        ReceivedEvent again = event(event.id(), "backend");
        accept(inbox, old);

        assertThat(accept(inbox, List.of(other, old, event, again))).containsExactly(other, event);
        assertThat(inbox.unprocessed(List.of(other, old, event))).isEmpty();
        assertThat(accept(inbox, List.of(event, other))).isEmpty();
    }

    /** Two sidecars may have the same events after a rebalance, in batches of different sizes. */
    @Test
    void twoBatchesWithTheSameEventsInOtherOrdersDoNotBlockEachOther() throws Exception {
        List<ReceivedEvent> events = Stream.generate(
                        () -> event(UUID.randomUUID().toString(), "backend"))
                .limit(200)
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<ReceivedEvent>> one = threads.submit(() -> accept(inbox, events));
            Future<List<ReceivedEvent>> other = threads.submit(() -> accept(inbox, events.reversed()));

            assertThat(one.get().size() + other.get().size()).isEqualTo(200);
        }
    }

    @Test
    void whatWasRolledBackWasNotProcessed() {
        transaction.executeWithoutResult(status -> {
            assertThat(inbox.accept(List.of(event))).containsExactly(event);
            status.setRollbackOnly();
        });

        assertThat(inbox.unprocessed(List.of(event))).containsExactly(event);
        assertThat(accept(inbox, event)).isTrue();
    }

    @Test
    void outsideOfATransactionItIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> inbox.accept(List.of(event)))
                .withMessageContaining("outside");
    }

    @Test
    void ofManyAtTheSameTimeOneIsAccepted() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(() -> accept(inbox, event)));
            }
            int accepted = 0;
            for (Future<Boolean> answer : answers) {
                accepted += answer.get() ? 1 : 0;
            }
            assertThat(accepted).isEqualTo(1);
        }
    }

    /** It must lock, not look: the first may still fail. */
    @Test
    void aSecondDeliveryWaitsForTheFirstAndTakesOverWhenThatFails() throws Exception {
        CountDownLatch firstMayEnd = new CountDownLatch(1);
        CountDownLatch firstHasIt = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = threads.submit(() -> transaction.executeWithoutResult(status -> {
                inbox.accept(List.of(event));
                firstHasIt.countDown();
                try {
                    firstMayEnd.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                status.setRollbackOnly();
            }));
            firstHasIt.await();
            Future<Boolean> second = threads.submit(() -> accept(inbox, event));
            await().atMost(Duration.ofSeconds(30)).until(InboxIT::somebodyWaitsForALock);
            assertThat(second.isDone()).isFalse();

            firstMayEnd.countDown();

            first.get();
            assertThat(second.get()).isTrue();
        }
    }

    private boolean accept(Inbox inbox, ReceivedEvent event) {
        return !accept(inbox, List.of(event)).isEmpty();
    }

    private List<ReceivedEvent> accept(Inbox inbox, List<ReceivedEvent> events) {
        return Objects.requireNonNull(transaction.execute(status -> inbox.accept(events)));
    }

    private static ReceivedEvent event(String id, String source) {
        String event = """
                {"id":"%s","source":"%s","type":"PURCHASE_CONFIRMED","data":{"correlationId":"payment-1"}}""".formatted(id, source);
        return CloudEventReader.read("purchase-confirmed", event.getBytes(UTF_8), "student-1", null, Instant.now());
    }

    private static boolean somebodyWaitsForALock() {
        return JDBC.sql("""
                        SELECT EXISTS (SELECT FROM pg_stat_activity
                                       WHERE datname = current_database() AND wait_event_type = 'Lock')
                        """).query((row, n) -> row.getBoolean(1)).single();
    }

    private static PGSimpleDataSource migratedDatabase() {
        Login login = Infrastructure.shared().freshDatabase().backend();
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(login.jdbcUrl());
        dataSource.setUser(login.user());
        dataSource.setPassword(login.password());
        dataSource.setOptions("-c TimeZone=Asia/Kathmandu");
        Flyway.configure()
                .dataSource(dataSource)
                .schemas("backend")
                .locations("classpath:dev/tidings/messaging/inbox/migration")
                .load()
                .migrate();
        return dataSource;
    }
}
