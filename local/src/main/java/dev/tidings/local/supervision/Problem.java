package dev.tidings.local.supervision;

import dev.tidings.devkit.ProcessFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A failure for the user. The message is one line that says what happened, to what, and what to do. */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final String DISK_FULL = "No space left on device";

    private Problem(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The path relative to the folder in which the user called {@code ./run}, if it is below it. */
    public static String shown(Path path) {
        String invokedFrom = System.getProperty("tidings.invoked-from", "");
        Path here = Path.of(invokedFrom);
        return !invokedFrom.isEmpty() && path.startsWith(here)
                ? here.relativize(path).toString()
                : path.toString();
    }

    public static Problem of(String message) {
        return new Problem(message, null);
    }

    public static Problem of(String message, Throwable cause) {
        return new Problem(message, cause);
    }

    /** Returns the problem in the causes of a failure; if there is none, a new one that says what failed. */
    static Problem in(Throwable failure, String what) {
        for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof Problem problem) {
                return problem;
            }
        }
        Throwable root = failure;
        for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
            root = t;
        }
        String reason = root.toString();
        return of(
                reason.contains(DISK_FULL)
                        ? "%s: the disk is full. Make room, or remove old data with `./run reset`.".formatted(what)
                        : "%s: %s (%s). More is in logs/launcher.log."
                                .formatted(
                                        what,
                                        String.valueOf(failure.getMessage())
                                                .lines()
                                                .findFirst()
                                                .orElse(""),
                                        reason),
                failure);
    }

    public static Problem portTaken(String part, int port, String option, @Nullable String owner) {
        return of(
                "port %d, which %s needs, is taken%s. Stop that program, or choose another port with --port %s=<port>."
                        .formatted(port, part, owner == null ? "" : " by " + owner, option));
    }

    static Problem alreadyRunning(Path folder, @Nullable Long pid) {
        return of("Tidings is running already in %s%s. See `./run status`, or stop it with `./run stop`."
                .formatted(shown(folder), pid == null ? "" : " (launcher pid " + pid + ")"));
    }

    public static Problem cannotWrite(Path path, IOException e) {
        return of(
                String.valueOf(e.getMessage()).contains(DISK_FULL)
                        ? "the disk of %s is full. Make room, or remove old data with `./run reset`."
                                .formatted(shown(path))
                        : "cannot write to %s (%s). Check the disk and who owns it.".formatted(shown(path), e),
                e);
    }

    static Problem diskAlmostFull(Path folder, long freeBytes, long neededBytes) {
        return of(
                "only %d MB are free on the disk of %s, %d MB are needed. Make room, or remove old data with `./run reset`."
                        .formatted(freeBytes >> 20, shown(folder), neededBytes >> 20));
    }

    public static Problem notBuilt(Path expected) {
        return of("%s is missing. Build it with `mvn package -DskipTests`, or let `./run` do it.".formatted(expected));
    }

    /** For a part that did not become ready at its first start. */
    static Problem didNotStart(String part, Path log, Exception cause) {
        return cause instanceof ProcessFailedException
                ? of(
                        "%s did not start. %s The reason is at the end of its log: %s"
                                .formatted(part, firstSentence(cause), shown(log)),
                        cause)
                : in(cause, part + " did not start");
    }

    /** The devkit appends the last lines of the log, which belong into the launcher's log only. */
    private static String firstSentence(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf(". ");
        return end < 0 ? message.lines().findFirst().orElse("") : message.substring(0, end + 1);
    }

    static String died(String part, String how, Duration restartIn, Path log) {
        String when = restartIn.isZero() ? "now" : "in " + Durations.inWords(restartIn);
        return "%s %s; it is started again %s. Its log: %s".formatted(part, how, when, shown(log));
    }

    static String gaveUp(String part, String how, int times, Path log) {
        return ("%s %s, for the %d. time in a row: it stays down, the other parts keep running. Look at its log (%s), then stop with"
                        + " Ctrl-C and start again.")
                .formatted(part, how, times, shown(log));
    }

    /** Describes an exit code. Shells and Java report the end by signal n as 128 + n. */
    static String exit(int code) {
        return switch (code) {
            case 128 + 9 -> "was killed (SIGKILL; if nobody did that, the machine ran out of memory)";
            case 128 + 15 -> "was ended by a signal (SIGTERM)";
            default -> code > 128 && code < 160 ? "ended by signal " + (code - 128) : "ended with exit code " + code;
        };
    }
}
