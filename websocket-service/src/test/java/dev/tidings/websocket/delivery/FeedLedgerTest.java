package dev.tidings.websocket.delivery;

import static dev.tidings.websocket.delivery.Sample.ROLE;
import static dev.tidings.websocket.delivery.Sample.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.Gap;
import dev.tidings.websocket.stream.LogPage;
import dev.tidings.websocket.stream.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens to pushes, pages and the socket, the ledger is right in the end: each event once, in order, nothing
 * lost (R-EV-3). Every run is a random walk over all that can happen, repeated by its seed.
 */
class FeedLedgerTest {
    private static final int STEPS = 600;
    private static final List<StreamName> STREAMS = List.of(USER, ROLE);

    static LongStream seeds() {
        Long given = Long.getLong("tidings.seed");
        long first = given == null ? new Random().nextLong(1L << 40) : given;
        return LongStream.range(first, given == null ? first + 500 : first + 1);
    }

    /** A world of one connection: the log, pushes under way, a page under way, and a socket with little room. */
    private static final class World implements FeedSink {
        /** A stream: what is in it, and what the client got of it. */
        static final class Line {
            long tail;
            long tailAtStart;
            final List<Long> ledger = new ArrayList<>();
        }

        final Random random;
        final Line user = new Line();
        final Line role = new Line();
        final List<EncodedEvent> underWay = new ArrayList<>();
        final int capacity;
        int queued;
        boolean liveSent;

        @Nullable
        LogPage page;

        @Nullable
        StreamName asked;

        long askedAfter;
        Feed feed = new Feed("user-123", STREAMS, this);

        World(long seed) {
            random = new Random(seed);
            capacity = 1 + random.nextInt(12);
            user.tail = random.nextInt(20);
            role.tail = random.nextInt(20);
        }

        Line line(StreamName stream) {
            return stream.isUser() ? user : role;
        }

        void step() {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> append(any());
                case 3, 4, 5 -> arrive();
                case 6 -> loseOrRepeat();
                case 7 -> readPage();
                case 8 -> handPage();
                case 9 -> drain(1 + random.nextInt(capacity));
                case 10 -> feed.sweep(USER, Math.min(user.tail, random.nextInt(5)));
                default -> STREAMS.forEach(stream -> feed.sweep(stream, line(stream).tail));
            }
        }

        private StreamName any() {
            return STREAMS.get(random.nextInt(STREAMS.size()));
        }

        void append(StreamName stream) {
            long number = ++line(stream).tail;
            underWay.add(Sample.message(stream, number));
        }

        /** In any order. */
        void arrive() {
            if (!underWay.isEmpty()) {
                feed.push(underWay.remove(random.nextInt(Math.min(3, underWay.size()))));
            }
        }

        void loseOrRepeat() {
            if (!underWay.isEmpty()) {
                EncodedEvent one = underWay.get(random.nextInt(underWay.size()));
                if (random.nextBoolean()) {
                    underWay.remove(one);
                } else {
                    underWay.add(one);
                }
            }
        }

        /** The database sees what is committed now; the answer arrives at a later step. */
        void readPage() {
            if (asked != null && page == null) {
                page = Sample.page(asked, askedAfter, line(asked).tail, 1 + random.nextInt(6));
            }
        }

        void handPage() {
            LogPage read = page;
            if (read != null) {
                page = null;
                asked = null;
                feed.pageRead(read, EncodedEvent.of(read.events()));
            }
        }

        void drain(int messages) {
            queued = Math.max(0, queued - messages);
            if (feed.isFull() && queued <= capacity / 2) {
                feed.drained();
            }
        }

        void start(@Nullable Cursor cursor) {
            user.tailAtStart = user.tail;
            role.tailAtStart = role.tail;
            append(USER);
            arrive();
            feed.start(cursor, 1, Map.of(USER, user.tailAtStart, ROLE, role.tailAtStart));
            feed.begin();
        }

        /** Pushes stop, the network and the database go on: everything must come. */
        void settle() {
            underWay.clear();
            for (int round = 0; round < 10_000; round++) {
                STREAMS.forEach(stream -> feed.sweep(stream, line(stream).tail));
                readPage();
                handPage();
                drain(capacity);
                if (STREAMS.stream().allMatch(feed::isLive)) {
                    return;
                }
            }
            throw new AssertionError("the catch-up does not end");
        }

        @Override
        public boolean hasRoom() {
            return queued < capacity;
        }

        @Override
        public void send(EncodedEvent message, Cursor cursor, boolean isNew) {
            queued++;
            StreamName stream = message.event().stream();
            long number = message.event().number();
            line(stream).ledger.add(number);
            if (number > line(stream).tailAtStart) {
                liveSent = true;
            } else {
                assertThat(liveSent).as("the past comes before anything new").isFalse();
            }
            assertThat(Objects.requireNonNull(feed.cursor()).numberOf(stream)).hasValue(number);
        }

        @Override
        public void send(Gap gap, @Nullable Cursor cursor) {
            throw new AssertionError("nothing is gone, and yet " + gap);
        }

        @Override
        public void read(StreamName stream, long after) {
            assertThat(asked).as("one page at a time").isNull();
            asked = stream;
            askedAfter = after;
        }

        @Override
        public void fellBehind(Cause cause) {}
    }

    @ParameterizedTest(name = "-Dtidings.seed={0}")
    @MethodSource("seeds")
    void eachEventIsSentOnceAndInOrderWhateverHappens(long seed) {
        World world = new World(seed);
        long userFrom = world.random.nextLong(world.user.tail + 1);
        long roleFrom = world.random.nextLong(world.role.tail + 1);
        world.start(Cursor.at(1, Map.of(USER, userFrom, ROLE, roleFrom)));

        for (int i = 0; i < STEPS; i++) {
            world.step();
        }
        world.settle();

        assertThat(world.user.ledger).isEqualTo(numbers(userFrom, world.user.tail));
        assertThat(world.role.ledger).isEqualTo(numbers(roleFrom, world.role.tail));
    }

    @ParameterizedTest(name = "-Dtidings.seed={0}")
    @MethodSource("seeds")
    void aClientThatReconnectsAgainAndAgainMissesAndRepeatsNothing(long seed) {
        World world = new World(seed);
        Cursor cursor = Cursor.at(1, Map.of(USER, 0L, ROLE, 0L));
        for (int life = 0; life < 6; life++) {
            world.feed = new Feed("user-123", STREAMS, world);
            world.asked = null;
            world.page = null;
            world.queued = 0;
            world.liveSent = false;
            world.start(cursor);
            for (int i = 0; i < 80; i++) {
                world.step();
            }
            cursor = world.feed.cursor();
        }
        world.settle();

        assertThat(world.user.ledger).isEqualTo(numbers(0, world.user.tail));
        assertThat(world.role.ledger).isEqualTo(numbers(0, world.role.tail));
    }

    private static List<Long> numbers(long after, long last) {
        return LongStream.rangeClosed(after + 1, last).boxed().toList();
    }
}
