package dev.tidings.local.supervision;

import java.time.Duration;

/** What a stack tells while it works. Called from the threads of its parts. */
public interface StackEvents {

    /** A part is ready, at first or again. */
    void ready(String part, int port, Duration took);

    /** Something takes long or is worth knowing. */
    void note(String line);

    /** Something broke that the user should know of; the stack goes on. */
    void trouble(String line);

    /** Every line to standard error: for tests, whose report then tells what happened. */
    static StackEvents toStandardError() {
        return new StackEvents() {
            @Override
            public void ready(String part, int port, Duration took) {
                note("%s is ready on port %d after %s".formatted(part, port, Durations.inWords(took)));
            }

            @Override
            public void note(String line) {
                System.err.println("[stack] " + line);
            }

            @Override
            public void trouble(String line) {
                System.err.println("[stack] trouble: " + line);
            }
        };
    }
}
