package dev.tidings.devkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs on the search path of this process. */
public final class Executables {

    private Executables() {}

    public static Optional<Path> onPath(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * Returns the command with {@code setsid} in front, where that program exists, so that the process has a session of its own. The
     * pid stays the same: {@code setsid} replaces itself unless it is a group leader, which a new child process never is.
     */
    static List<String> inOwnSession(List<String> command) {
        return onPath("setsid")
                .map(setsid -> Stream.concat(Stream.of(setsid.toString()), command.stream())
                        .toList())
                .orElse(command);
    }
}
