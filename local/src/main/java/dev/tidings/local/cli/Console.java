package dev.tidings.local.cli;

import dev.tidings.local.supervision.Durations;
import dev.tidings.local.supervision.StackEvents;
import java.io.PrintStream;
import java.time.Duration;
import java.util.logging.Logger;

/** Prints the events of a stack on the terminal, one line each, and writes them to the launcher's log. */
final class Console implements StackEvents {

    private static final Logger LOG = Logger.getLogger(Console.class.getName());

    private final PrintStream out;

    Console(PrintStream out) {
        this.out = out;
    }

    @Override
    public void ready(String part, int port, Duration took) {
        line("  %-28s ready   %7s   port %d".formatted(part, Durations.inWords(took), port));
    }

    @Override
    public void note(String line) {
        line("  … " + line);
    }

    @Override
    public void trouble(String line) {
        line("  ! " + line);
    }

    void line(String line) {
        LOG.info(line.strip());
        out.println(line);
    }

    void lines(String text) {
        out.println(text);
    }
}
