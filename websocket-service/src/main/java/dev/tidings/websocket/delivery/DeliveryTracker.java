package dev.tidings.websocket.delivery;

import dev.tidings.websocket.delivery.ConnectionProgress.Mark;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.StreamName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/**
 * Tracks what one connection wrote to its socket and what its client acknowledged, with the times of the latest steps. A
 * client can write any number into a cursor, so an acknowledgement ahead of the writes is rejected.
 *
 * <p>Pure: time is an argument. Not thread-safe; the connection calls it under its lock.
 */
final class DeliveryTracker {
    /** Maximum number of steps that are kept, a few hundred bytes each. */
    private static final int KEPT = 16;

    private record Milestone(Cursor cursor, long at) {}

    private final Deque<Milestone> sent = new ArrayDeque<>(2);
    private final Deque<Milestone> acknowledged = new ArrayDeque<>(2);

    /** Records the position of the client before the first event. */
    void start(Cursor cursor, long at) {
        add(sent, new Milestone(cursor, at));
    }

    /** Records that a message with this cursor is written to the socket. */
    void sent(Cursor cursor, long at) {
        add(sent, new Milestone(cursor, at));
    }

    /**
     * Records an acknowledgement. An acknowledgement of another epoch, or before the last one, is ignored.
     *
     * @return false if the cursor is ahead of what was sent
     */
    boolean acknowledge(Cursor cursor, long at) {
        Milestone last = sent.peekLast();
        if (last == null || last.cursor().epoch() != cursor.epoch()) {
            return true;
        }
        if (cursor.isAheadOf(last.cursor())) {
            return false;
        }
        Milestone before = acknowledged.peekLast();
        if (before == null) {
            // The events before the start of this connection were acknowledged elsewhere, if at all.
            add(acknowledged, sent.getFirst());
            add(acknowledged, new Milestone(cursor, at));
        } else if (cursor.isAheadOf(before.cursor())) {
            add(acknowledged, new Milestone(cursor, at));
        }
        return true;
    }

    /** Returns the last number of the stream that the client acknowledged. */
    OptionalLong acknowledgedUpTo(StreamName stream) {
        Milestone last = acknowledged.peekLast();
        return last == null ? OptionalLong.empty() : last.cursor().numberOf(stream);
    }

    List<Mark> sentMarks(StreamName stream) {
        return marks(sent, stream);
    }

    List<Mark> acknowledgedMarks(StreamName stream) {
        return marks(acknowledged, stream);
    }

    private static List<Mark> marks(Deque<Milestone> steps, StreamName stream) {
        List<Mark> marks = new ArrayList<>(steps.size());
        for (Milestone step : steps) {
            OptionalLong number = step.cursor().numberOf(stream);
            if (number.isPresent() && (marks.isEmpty() || marks.getLast().number() < number.getAsLong())) {
                marks.add(new Mark(number.getAsLong(), step.at()));
            }
        }
        return List.copyOf(marks);
    }

    private static void add(Deque<Milestone> steps, Milestone step) {
        if (steps.size() == KEPT) {
            steps.removeFirst();
        }
        steps.addLast(step);
    }
}
