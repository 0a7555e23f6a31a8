package dev.tidings.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code /proc} of Linux. A process that has ended reads as zero. */
final class Proc {
    /** Of {@code /proc/<pid>/stat}; {@code getconf CLK_TCK} is 100 on every Linux that Java runs on. */
    private static final long MICROS_PER_TICK = 10_000;

    private static final int USER_TIME = 11; // user, system, and both of ended children follow each other

    /** The names of HotSpot's threads, which Linux cuts after 15 characters. */
    private static final Pattern COMPILER = Pattern.compile("C[12] Compiler.*");

    private Proc() {}

    /** CPU time of the process and all its children, ended ones included, in microseconds. */
    static long cpuMicros(long pid) {
        return tree(pid).mapToLong(Proc::cpuOfOne).sum();
    }

    /** Bytes that the process and its children wrote to sockets and files ({@code wchar}). */
    static long writtenBytes(long pid) {
        return tree(pid).mapToLong(one -> field(one, "io", "wchar:")).sum();
    }

    /** Memory of the process and its children in bytes; pages that are shared count in proportion. */
    static long pssBytes(long pid) {
        return tree(pid)
                .mapToLong(one -> field(one, "smaps_rollup", "Pss:") * 1024)
                .sum();
    }

    static long rssBytes(long pid) {
        return field(pid, "status", "VmRSS:") * 1024;
    }

    private static Stream<Long> tree(long pid) {
        return Stream.concat(
                Stream.of(pid),
                ProcessHandle.of(pid).stream()
                        .flatMap(ProcessHandle::descendants)
                        .map(ProcessHandle::pid));
    }

    static long cpuOfOne(long pid) {
        return cpuIn(Path.of("/proc", Long.toString(pid), "stat"));
    }

    /** CPU time that a JVM spent on compiling, in microseconds; zero for other processes. */
    static long compilerMicros(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.filter(thread -> COMPILER.matcher(String.join("", lines(thread.resolve("comm"))))
                            .matches())
                    .mapToLong(thread -> cpuIn(thread.resolve("stat")))
                    .sum();
        } catch (IOException | UncheckedIOException ended) {
            return 0;
        }
    }

    private static long cpuIn(Path file) {
        String stat = String.join(" ", lines(file));
        if (stat.isEmpty()) {
            return 0;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Stream.of(fields)
                        .skip(USER_TIME)
                        .limit(4)
                        .mapToLong(Long::parseLong)
                        .sum()
                * MICROS_PER_TICK;
    }

    private static long field(long pid, String file, String name) {
        return lines(Path.of("/proc", Long.toString(pid), file)).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException ended) {
            return List.of();
        }
    }
}
