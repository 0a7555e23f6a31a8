package dev.tidings.devkit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The log file of a process.
 *
 * @param start length of the file at the start of the process, in bytes
 */
record ProcessLog(Path file, long start) {
    private static final int MAX_BYTES = 1_000_000;
    private static final int TAIL_LINES = 20;

    static ProcessLog startingNow(Path file) throws IOException {
        return new ProcessLog(file, Files.exists(file) ? Files.size(file) : 0);
    }

    /** Returns the output since the start, at most its last megabyte. */
    String text() {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(start, log.length() - MAX_BYTES);
            log.seek(from);
            byte[] bytes = new byte[(int) Math.max(0, log.length() - from)];
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a sentence with the last lines, for error messages. */
    String tail() {
        List<String> lines = text().lines().toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        return last.isEmpty()
                ? " It wrote nothing to " + file
                : " Last lines of " + file + ":\n  " + String.join("\n  ", last);
    }
}
