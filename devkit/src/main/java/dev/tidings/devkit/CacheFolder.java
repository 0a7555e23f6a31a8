package dev.tidings.devkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cache of unpacked archives and built programs: {@code $XDG_CACHE_HOME/tidings}, or else {@code ~/.cache/tidings}.
 *
 * <p>An entry is a folder whose name identifies its content, so it never changes. It is created in a temporary folder and moved when it is
 * complete; a lock prevents other processes from creating the same entry meanwhile.
 */
final class CacheFolder {

    private static final ReentrantLock IN_THIS_JVM =
            new ReentrantLock(); // a FileLock is held by the JVM, not by a thread

    private CacheFolder() {}

    static Path root() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return caches.resolve("tidings");
    }

    /** Creates the content of an entry in an empty folder. */
    interface Maker {
        void makeIn(Path folder) throws IOException;
    }

    /** Returns the folder of an entry and creates it if it is missing. */
    static Path entry(String name, Maker maker) {
        Path folder = root().resolve(name);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        IN_THIS_JVM.lock();
        try {
            Path parent = parentOf(folder);
            Files.createDirectories(parent);
            Path lockFile = parent.resolve("." + folder.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!Files.isDirectory(folder)) {
                    Path draft = Files.createTempDirectory(parent, "." + folder.getFileName() + ".");
                    try {
                        Path made = Files.createDirectory(draft.resolve("made"));
                        maker.makeIn(made);
                        Path copy = copyByChild(made, draft.resolve("copy"));
                        Files.move(copy, folder, StandardCopyOption.ATOMIC_MOVE);
                    } finally {
                        delete(draft);
                    }
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not fill the cache entry " + folder, e);
        } finally {
            IN_THIS_JVM.unlock();
        }
    }

    /**
     * Copies the made files in a child process. A process that another thread starts while this JVM writes a program inherits the open
     * file, and the kernel does not execute a program that is open for writing ("Text file busy"). The child passes no file on.
     */
    private static Path copyByChild(Path from, Path to) throws IOException {
        Process copying = new ProcessBuilder("cp", "-RPp", from.toString(), to.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(copying.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (copying.waitFor() != 0) {
                throw new IOException("Could not copy " + from + ": " + output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while copying " + from, e);
        }
        return to;
    }

    /** Returns the first 16 hex digits of the SHA-256, which distinguish versions. */
    static String hash(InputStream content) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 16];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            digest.update(buffer, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static Path parentOf(Path path) {
        @Nullable Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " has no parent");
        }
        return parent;
    }
}
