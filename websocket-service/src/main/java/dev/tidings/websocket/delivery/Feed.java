package dev.tidings.websocket.delivery;

import dev.tidings.websocket.delivery.FeedSink.Cause;
import dev.tidings.websocket.delivery.Position.CatchingUp;
import dev.tidings.websocket.delivery.Position.Live;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.Gap;
import dev.tidings.websocket.stream.LogPage;
import dev.tidings.websocket.stream.StreamName;
import dev.tidings.websocket.stream.StreamStart;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The state machine that decides what one connection is sent, from numbers alone. It keeps one {@link Position} per
 * stream and enforces two rules across the streams of a connection:
 *
 * <ul>
 *   <li>The first catch-up of all streams, up to their tails at connection time, ends before any newer event is sent.
 *   <li>At most one page is read at a time, and none while the send queue is full. The backlog of a slow connection
 *       therefore stays in the log.
 * </ul>
 *
 * <p>Pure: no clock, no I/O, no threads. Not thread-safe; the connection calls it under its lock.
 */
final class Feed {
    private static final class Track {
        final StreamName stream;
        final long hash;
        Position position = new CatchingUp(0, 0);

        /** The number before the first event of this connection. */
        long startedAfter;

        /** The tail at connection time, where the first catch-up of this stream ends. */
        long firstGoal;

        /** The cursor of the client is foreign and the client has not received the gap yet. */
        boolean lost;

        Track(StreamName stream) {
            this.stream = stream;
            this.hash = stream.hash();
        }
    }

    private final String userId;
    private final List<Track> tracks;
    private final FeedSink sink;
    /** The position of the client after everything that was sent so far. */
    private Cursor cursor;

    private boolean started;
    private boolean firstCatchUp = true;
    private boolean full;
    private @Nullable Track reading;

    Feed(String userId, List<StreamName> streams, FeedSink sink) {
        this.userId = userId;
        this.tracks = streams.stream().map(Track::new).toList();
        this.sink = sink;
        this.cursor = Cursor.at(0, Map.of());
    }

    /** Returns the epoch of the log that the numbers belong to. */
    long epoch() {
        return cursor.epoch();
    }

    /**
     * Sets the start position of each stream by {@link StreamStart}. The caller then sends {@link #cursor} to the client
     * and calls {@link #begin}.
     *
     * @param tails the last number of each stream, read after pushes began to arrive at this connection
     */
    void start(@Nullable Cursor resume, long epoch, Map<StreamName, Long> tails) {
        cursor = Cursor.at(epoch, tracks.stream().collect(Collectors.toMap(track -> track.stream, track -> 0L)));
        for (Track track : tracks) {
            long tail = tails.getOrDefault(track.stream, 0L);
            StreamStart start = StreamStart.of(resume, track.stream, epoch, tail);
            track.lost = start.isForeign();
            track.firstGoal = tail;
            track.startedAfter = start.after();
            advanceTo(track, start.after());
            track.position = catchingUp(track).hear(tail);
        }
    }

    /** Reports the gaps of foreign cursors, then catches up. */
    void begin() {
        for (Track track : tracks) {
            if (track.lost) {
                track.lost = false;
                sink.send(Gap.unknown(track.stream), cursor());
            }
        }
        started = true;
        advance();
    }

    /** Handles a pushed event: the fast path. */
    void push(EncodedEvent event) {
        Track track = track(event.event().stream());
        if (track == null) {
            return;
        }
        long number = event.event().number();
        switch (track.position) {
            case CatchingUp behind -> track.position = behind.hear(number);
            case Live live when number <= live.last() -> {}
            case Live live when number > live.last() + 1 -> fallBehind(track, live, number, Cause.HOLE);
            case Live live
            when !sink.hasRoom() -> {
                full = true;
                fallBehind(track, live, number, Cause.SLOW);
            }
            case Live _ -> {
                advanceTo(track, number);
                send(track, event);
            }
        }
    }

    /**
     * Handles the page that was requested last.
     *
     * @param events the events of the page
     */
    void pageRead(LogPage page, List<EncodedEvent> events) {
        Track track = reading;
        if (track == null || !track.stream.equals(page.stream())) {
            throw new IllegalStateException("a page of " + page.stream() + " was not requested");
        }
        reading = null;
        Gap gap = page.gap();
        if (gap != null) {
            advanceTo(track, page.afterGap(track.position.last()));
            sink.send(gap, cursor());
        }
        for (EncodedEvent event : events) {
            long number = event.event().number();
            if (firstCatchUp && number > track.firstGoal) {
                break;
            }
            if (!sink.hasRoom()) {
                full = true;
                if (!firstCatchUp) { // there the queue fills with what the client missed, however quickly it reads
                    sink.fellBehind(Cause.SLOW);
                }
                break;
            }
            if (number != track.position.last() + 1) {
                throw new IllegalStateException(
                        "page of " + page.stream() + " has " + number + " after " + track.position.last());
            }
            advanceTo(track, number);
            send(track, event);
        }
        track.position = catchingUp(track).hear(page.tail());
        track.firstGoal = Math.min(track.firstGoal, page.tail());
        advance();
    }

    /** Reports that the send queue has run low, so that the rest can be read from the log. */
    void drained() {
        full = false;
        advance();
    }

    /** Returns whether the feed waits for {@link #drained}. */
    boolean isFull() {
        return full;
    }

    /**
     * Compares the position with the tail of the log. The tail may be older than the last push, so a tail below the
     * position is ignored.
     */
    void sweep(StreamName stream, long tail) {
        Track track = track(stream);
        if (track == null) {
            return;
        }
        switch (track.position) {
            case CatchingUp behind -> track.position = behind.hear(tail);
            case Live live when tail > live.last() -> fallBehind(track, live, tail, Cause.SWEEP);
            case Live _ -> {}
        }
    }

    /**
     * Returns the position of the client after everything that was sent so far; null until the gaps of a foreign cursor
     * have been reported.
     */
    @Nullable
    Cursor cursor() {
        return tracks.stream().anyMatch(track -> track.lost) ? null : cursor;
    }

    /** Returns the number before the first event of this connection. */
    long startedAfter(StreamName stream) {
        return known(stream).startedAfter;
    }

    /** Returns the last number that was sent or skipped. */
    long sentUpTo(StreamName stream) {
        return known(stream).position.last();
    }

    /** Returns whether pushes of that stream are sent when they arrive; for tests. */
    boolean isLive(StreamName stream) {
        Track track = track(stream);
        return track != null && track.position instanceof Live;
    }

    private void fallBehind(Track track, Live live, long heard, Cause cause) {
        track.position = live.fallBehind(heard);
        sink.fellBehind(cause);
        advance();
    }

    private void advanceTo(Track track, long number) {
        track.position = track.position.advancedTo(number);
        cursor = cursor.with(track.hash, number);
    }

    private void send(Track track, EncodedEvent event) {
        if (!event.event().repeatsForUser(userId)) {
            sink.send(event, cursor, event.event().number() > track.firstGoal);
        }
    }

    /** Requests the next page that is needed, and makes streams live that need none. */
    private void advance() {
        if (!started || full || reading != null) {
            return;
        }
        if (firstCatchUp) {
            for (Track track : tracks) {
                if (track.position.last() < track.firstGoal) {
                    read(track);
                    return;
                }
            }
            firstCatchUp = false;
        }
        for (Track track : tracks) {
            if (track.position instanceof CatchingUp behind) {
                if (!behind.isBehind()) {
                    track.position = behind.live();
                } else if (reading == null) {
                    read(track);
                }
            }
        }
    }

    private void read(Track track) {
        reading = track;
        track.position = catchingUp(track).beginRead();
        sink.read(track.stream, track.position.last());
    }

    private static CatchingUp catchingUp(Track track) {
        if (track.position instanceof CatchingUp behind) {
            return behind;
        }
        throw new IllegalStateException(track.stream + " is live and must not be read");
    }

    private Track known(StreamName stream) {
        Track track = track(stream);
        if (track == null) {
            throw new IllegalArgumentException("the connection does not follow " + stream);
        }
        return track;
    }

    private @Nullable Track track(StreamName stream) {
        for (Track track : tracks) {
            if (track.stream.equals(stream)) {
                return track;
            }
        }
        return null;
    }
}
