package dev.tidings.local.cli;

import dev.tidings.local.supervision.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The launcher's log file: stack traces and the log lines of libraries, which the terminal does not show. */
final class LauncherLog {

    private LauncherLog() {}

    /** Removes the handlers that log to the terminal. */
    static void closeTerminal() {
        LogManager.getLogManager().reset();
    }

    static Path in(Path folder) {
        return folder.resolve("logs/launcher.log");
    }

    /** Appends all log lines to the log in the stack's folder, from now on. */
    static void open(Path folder) {
        Path file = in(folder);
        if (Logger.getLogger("").getHandlers().length > 0) {
            return;
        }
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Handler handler = new FileHandler(file.toString(), true);
            handler.setFormatter(new SimpleFormatter());
            handler.setLevel(Level.INFO);
            Logger.getLogger("").addHandler(handler);
        } catch (IOException e) {
            throw Problem.cannotWrite(file, e);
        }
    }
}
