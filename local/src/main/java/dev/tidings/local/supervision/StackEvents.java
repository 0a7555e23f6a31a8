package dev.tidings.local.supervision;

import java.time.Duration;

/** Receives the events of a stack. Called from the threads of its parts. */
public interface StackEvents {

    /** A part is up, at first or again. */
    void ready(String part, int port, Duration took);

    /** Progress, or a fact worth knowing. */
    void note(String line);

    /** A failure that the stack survives. */
    void trouble(String line);

    /** Writes every line to standard error, which test reports contain. */
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
