package dev.tidings.local.topology;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds the process that listens on a port in Linux's {@code /proc}; on other systems, and for processes of other users, none. */
final class PortOwner {

    private static final String LISTENING = "0A";

    private PortOwner() {}

    /** Returns a description such as {@code python3 (pid 4711)}. */
    static Optional<String> of(int port) {
        try {
            Set<String> inodes = new HashSet<>();
            for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
                if (Files.exists(Path.of(table))) {
                    inodes.addAll(listeningInodes(Files.readAllLines(Path.of(table)), port));
                }
            }
            return inodes.isEmpty() ? Optional.empty() : processWithSocket(inodes);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Columns: slot, local address (hex), remote address, state, queues, timers, retransmits, uid, timeout, inode, … */
    static Set<String> listeningInodes(List<String> table, int port) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        Set<String> inodes = new HashSet<>();
        for (String line : table) {
            String[] columns = line.strip().split("\\s+");
            if (columns.length > 9 && columns[1].endsWith(suffix) && columns[3].equals(LISTENING)) {
                inodes.add(columns[9]);
            }
        }
        return inodes;
    }

    private static Optional<String> processWithSocket(Set<String> inodes) {
        return ProcessHandle.allProcesses()
                .filter(process -> hasSocket(process.pid(), inodes))
                .findFirst()
                .map(process -> "%s (pid %d)".formatted(commandOf(process), process.pid()));
    }

    private static boolean hasSocket(long pid, Set<String> inodes) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                String target = Files.readSymbolicLink(descriptor).toString();
                if (target.startsWith("socket:[") && inodes.contains(target.substring(8, target.length() - 1))) {
                    return true;
                }
            }
        } catch (IOException goneOrNotOurs) {
            return false;
        }
        return false;
    }

    private static String commandOf(ProcessHandle process) {
        return process.info()
                .command()
                .map(Path::of)
                .map(path -> String.valueOf(path.getFileName()))
                .orElse("a program");
    }
}
