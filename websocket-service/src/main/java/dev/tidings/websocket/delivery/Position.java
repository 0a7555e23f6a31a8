package dev.tidings.websocket.delivery;

/**
 * Where one connection stands in one stream: the state machine of docs/architecture.md#the-one-idea. Immutable; {@link Feed} decides
 * when a step is taken.
 *
 * <pre>
 *   CatchingUp ── read to the highest number heard of ──▶ Live
 *       ▲                                                  │
 *       └── a hole, a full socket, a tail above (sweep) ───┘
 * </pre>
 */
sealed interface Position {
    /** The last number that was sent, or passed over; what the client's cursor says. */
    long last();

    /** Everything up to {@code last} was sent: the next push may be sent as it comes. */
    record Live(long last) implements Position {
        CatchingUp fallBehind(long heard) {
            return new CatchingUp(last, heard);
        }

        Live advancedTo(long number) {
            return new Live(number);
        }
    }

    /**
     * The stream is read from the log; nothing pushed is sent.
     *
     * @param heard the highest number heard of since the latest read began. What was heard before is forgotten then,
     *     since an event is committed before it is pushed, so the read sees it
     */
    record CatchingUp(long last, long heard) implements Position {
        boolean isBehind() {
            return last < heard;
        }

        CatchingUp hear(long number) {
            return number > heard ? new CatchingUp(last, number) : this;
        }

        CatchingUp beginRead() {
            return new CatchingUp(last, last);
        }

        CatchingUp advancedTo(long number) {
            return new CatchingUp(number, heard);
        }

        Live live() {
            if (isBehind()) {
                throw new IllegalStateException("live at " + last + " would lose events up to " + heard);
            }
            return new Live(last);
        }
    }
}
