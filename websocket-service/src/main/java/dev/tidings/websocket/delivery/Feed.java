package dev.tidings.websocket.delivery;

import dev.tidings.websocket.delivery.FeedSink.Cause;
import dev.tidings.websocket.delivery.Position.CatchingUp;
import dev.tidings.websocket.delivery.Position.Live;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.Gap;
import dev.tidings.websocket.stream.LogPage;
import dev.tidings.websocket.stream.StreamName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one connection is sent, decided from numbers alone: one {@link Position} per stream, and the two rules that
 * hold between the streams of a connection:
 *
 * <ul>
 *   <li>The first catch-up of all streams, up to the tails at connecting, ends before anything newer is sent.
 *   <li>One page is read at a time, and none while the socket is full, so a connection's backlog stays in the log.
 * </ul>
 *
 * Pure: no clock, no I/O, no threads. Not safe for several threads; the connection calls it under its lock.
 */
final class Feed {
    private static final class Track {
        final StreamName stream;
        final long hash;
        Position position = new CatchingUp(0, 0);

        /** The number that the client came with, or the tail. */
        long startedAfter;

        /** The tail at connecting: where the first catch-up of this stream ends. */
        long firstGoal;

        /** The client's cursor cannot be honoured here, and it has not been told so yet. */
        boolean lost;

        Track(StreamName stream) {
            this.stream = stream;
            this.hash = stream.hash();
        }
    }

    private final String userId;
    private final Track[] tracks;
    private final FeedSink outlet;
    private long epoch;
    private boolean started;
    private boolean firstCatchUp = true;
    private boolean full;
    private @Nullable Track reading;

    Feed(String userId, List<StreamName> streams, FeedSink outlet) {
        this.userId = userId;
        this.tracks = streams.stream().map(Track::new).toArray(Track[]::new);
        this.outlet = outlet;
    }

    /** Of the log that the numbers belong to. */
    long epoch() {
        return epoch;
    }

    /**
     * Takes the place that the client's cursor names: unknown streams are ignored, missing ones start at the tail; a
     * foreign epoch or a number above the tail is a gap of unknown size (docs/architecture.md#cursor). To be followed
     * by {@link #begin}, once the client has been told {@link #cursor}.
     *
     * @param tails the last number of each stream, read after pushes began to arrive here
     */
    void start(@Nullable Cursor resume, long logEpoch, Map<StreamName, Long> tails) {
        epoch = logEpoch;
        for (Track track : tracks) {
            long tail = tails.getOrDefault(track.stream, 0L);
            OptionalLong given = resume == null ? OptionalLong.empty() : resume.numberOf(track.stream);
            boolean foreign = resume != null && resume.epoch() != logEpoch;
            track.lost = given.isPresent() && (foreign || given.getAsLong() > tail || given.getAsLong() < 0);
            track.firstGoal = tail;
            long last = given.isPresent() && !track.lost ? given.getAsLong() : tail;
            track.startedAfter = last;
            track.position = heardOf(track).advancedTo(last).hear(tail);
        }
    }

    /** Tells what is gone, then catches up. */
    void begin() {
        for (Track track : tracks) {
            if (track.lost) {
                track.lost = false;
                outlet.send(Gap.unknown(track.stream));
            }
        }
        started = true;
        advance();
    }

    /** The fast path. */
    void push(EncodedEvent message) {
        Track track = track(message.event().stream());
        if (track == null) {
            return;
        }
        long number = message.event().number();
        switch (track.position) {
            case CatchingUp behind -> track.position = behind.hear(number);
            case Live live when number <= live.last() -> {}
            case Live live when number > live.last() + 1 -> fallBehind(track, live, number, Cause.HOLE);
            case Live live
            when !outlet.hasRoom() -> {
                full = true;
                fallBehind(track, live, number, Cause.SLOW);
            }
            case Live live -> {
                track.position = live.advancedTo(number);
                send(track, message);
            }
        }
    }

    /** The page that was asked for last, with its events' messages. */
    void pageRead(LogPage page, List<EncodedEvent> messages) {
        Track track = reading;
        if (track == null || !track.stream.equals(page.stream())) {
            throw new IllegalStateException("a page of " + page.stream() + " came unasked");
        }
        reading = null;
        takeGap(track, page);
        for (EncodedEvent message : messages) {
            long number = message.event().number();
            if (firstCatchUp && number > track.firstGoal) {
                break;
            }
            if (!outlet.hasRoom()) {
                full = true;
                break;
            }
            if (number != track.position.last() + 1) {
                throw new IllegalStateException(
                        "page of " + page.stream() + " has " + number + " after " + track.position.last());
            }
            track.position = heardOf(track).advancedTo(number);
            send(track, message);
        }
        track.position = heardOf(track).hear(page.tail());
        track.firstGoal = Math.min(track.firstGoal, page.tail());
        advance();
    }

    private void takeGap(Track track, LogPage page) {
        Gap gap = page.gap();
        if (gap != null) {
            track.position = heardOf(track).advancedTo(gap.isUnknown() ? page.tail() : gap.to());
            outlet.send(gap);
        }
    }

    /** The queue has run low: what it had no room for is read from the log. */
    void drained() {
        full = false;
        advance();
    }

    /** Whether {@link #drained} is waited for. */
    boolean isFull() {
        return full;
    }

    /** The log's tail, read some moments ago; so a lower one than the last number sent means nothing. */
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

    /** Where the client stands once it has everything queued so far; null while that cannot be said in one epoch. */
    @Nullable
    Cursor cursor() {
        Map<Long, Long> numbers = HashMap.newHashMap(tracks.length);
        for (Track track : tracks) {
            if (track.lost) {
                return null;
            }
            numbers.put(track.hash, track.position.last());
        }
        return new Cursor(epoch, numbers);
    }

    /** The number that this stream began after. */
    long startedAfter(StreamName stream) {
        return known(stream).startedAfter;
    }

    /** The last number of this stream that was sent, or passed over. */
    long sentUpTo(StreamName stream) {
        return known(stream).position.last();
    }

    /** Whether that stream is sent as it comes; for tests. */
    boolean isLive(StreamName stream) {
        Track track = track(stream);
        return track != null && track.position instanceof Live;
    }

    private void fallBehind(Track track, Live live, long heard, Cause cause) {
        track.position = live.fallBehind(heard);
        outlet.fellBehind(cause);
        advance();
    }

    private void send(Track track, EncodedEvent message) {
        if (!message.event().repeatsForUser(userId)) {
            outlet.send(message, message.event().number() > track.firstGoal);
        }
    }

    /** Asks for the next page that is needed, or makes live what needs none. */
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
        track.position = heardOf(track).beginRead();
        outlet.read(track.stream, track.position.last());
    }

    private static CatchingUp heardOf(Track track) {
        if (track.position instanceof CatchingUp behind) {
            return behind;
        }
        throw new IllegalStateException(track.stream + " is live and was not to be read");
    }

    private Track known(StreamName stream) {
        Track track = track(stream);
        if (track == null) {
            throw new IllegalArgumentException(stream + " is not followed here");
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
