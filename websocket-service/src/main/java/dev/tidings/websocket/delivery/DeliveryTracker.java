package dev.tidings.websocket.delivery;

import dev.tidings.websocket.delivery.ConnectionProgress.Mark;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.StreamName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one connection handed to its socket and what its client acknowledged, with the times of the latest steps. An
 * acknowledgement counts only up to what was handed over, since a client can write any number into a cursor.
 *
 * <p>Pure: time is an argument. Not safe for several threads; the connection calls it under its lock.
 */
final class DeliveryTracker {
    /** Steps that are remembered, some hundred bytes each. */
    private static final int KEPT = 16;

    private record Step(Cursor cursor, long at) {}

    private final Deque<Step> sent = new ArrayDeque<>(2);
    private final Deque<Step> acknowledged = new ArrayDeque<>(2);

    /** The client stands at this cursor before anything is sent. */
    void start(Cursor cursor, long at) {
        add(sent, new Step(cursor, at));
    }

    /** A message with that cursor is handed to the socket. */
    void sent(Cursor cursor, long at) {
        add(sent, new Step(cursor, at));
    }

    /**
     * Takes an acknowledgement. One of another log's numbers says nothing about this one and is passed over, and so is one that
     * lies before the last.
     *
     * @return false if it is ahead of what was sent
     */
    boolean acknowledge(Cursor cursor, long at) {
        Step last = sent.peekLast();
        if (last == null || last.cursor().epoch() != cursor.epoch()) {
            return true;
        }
        if (isAhead(cursor, last.cursor())) {
            return false;
        }
        Step before = acknowledged.peekLast();
        if (before == null) {
            // Everything before this connection's start is out of its sight.
            add(acknowledged, sent.getFirst());
            add(acknowledged, new Step(cursor, at));
        } else if (isAhead(cursor, before.cursor())) {
            add(acknowledged, new Step(cursor, at));
        }
        return true;
    }

    /** The last number of the stream that the client acknowledged. */
    OptionalLong acknowledgedUpTo(StreamName stream) {
        Step last = acknowledged.peekLast();
        return last == null ? OptionalLong.empty() : last.cursor().numberOf(stream);
    }

    List<Mark> sentMarks(StreamName stream) {
        return marks(sent, stream);
    }

    List<Mark> acknowledgedMarks(StreamName stream) {
        return marks(acknowledged, stream);
    }

    private static List<Mark> marks(Deque<Step> steps, StreamName stream) {
        List<Mark> marks = new ArrayList<>(steps.size());
        for (Step step : steps) {
            OptionalLong number = step.cursor().numberOf(stream);
            if (number.isPresent() && (marks.isEmpty() || marks.getLast().number() < number.getAsLong())) {
                marks.add(new Mark(number.getAsLong(), step.at()));
            }
        }
        return List.copyOf(marks);
    }

    private static void add(Deque<Step> steps, Step step) {
        if (steps.size() == KEPT) {
            steps.removeFirst();
        }
        steps.addLast(step);
    }

    private static boolean isAhead(Cursor one, Cursor other) {
        for (Map.Entry<Long, Long> reached : other.numbers().entrySet()) {
            @Nullable Long number = one.numbers().get(reached.getKey());
            if (number != null && number > reached.getValue()) {
                return true;
            }
        }
        return false;
    }
}
