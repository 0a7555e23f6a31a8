package dev.tidings.websocket.delivery;

/**
 * The position of one connection in one stream: the state machine of docs/architecture.md#the-one-idea. Immutable; {@link Feed} decides
 * when a transition happens.
 *
 * <pre>
 *   CatchingUp ── read up to the highest known number ──▶ Live
 *       ▲                                                  │
 *       └── missing number, full queue, higher tail ───────┘
 * </pre>
 */
sealed interface Position {
    /** Returns the last number that was sent or skipped; the number in the cursor of the client. */
    long last();

    Position advancedTo(long number);

    /** All numbers up to {@code last} were sent, so the next push can be sent directly. */
    record Live(long last) implements Position {
        CatchingUp fallBehind(long heard) {
            return new CatchingUp(last, heard);
        }

        @Override
        public Live advancedTo(long number) {
            return new Live(number);
        }
    }

    /**
     * The stream is read from the log, and pushes are not sent.
     *
     * @param heard the highest number known to exist since the latest read began. Earlier numbers need not be
     *     remembered: an event is committed before it is pushed, so the read sees it
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

        @Override
        public CatchingUp advancedTo(long number) {
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
