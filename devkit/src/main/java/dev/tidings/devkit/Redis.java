package dev.tidings.devkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A real Redis server with an append-only file, on the loopback interface only, without a password. */
public final class Redis extends Server {

    private static final String HOST = "127.0.0.1";

    private final Path binary;
    private final Path dataDir;
    private final Path logFile;
    private final int port;

    private Redis(Path binary, Path dataDir, Path logFile, int port) {
        this.binary = binary;
        this.dataDir = dataDir;
        this.logFile = logFile;
        this.port = port;
    }

    /** Starts a server on the data folder, which is created if it is missing, and waits until it answers. */
    public static Redis start(Path dataDir, Path logFile, int port) {
        try {
            Files.createDirectories(dataDir);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Redis redis = new Redis(unpacked(), dataDir.toAbsolutePath(), logFile, port);
        redis.restart();
        return redis;
    }

    public String address() {
        return HOST + ":" + port;
    }

    /** Removes every key. */
    public void flush() {
        command("FLUSHALL");
    }

    /** Returns the reply as text: one line per element of an array, nil as the empty string. */
    public String command(String... words) {
        try {
            return RedisClient.call(HOST, port, words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    ManagedProcess launch() {
        return ManagedProcess.named("redis")
                .command(
                        binary.toString(),
                        "--bind",
                        HOST,
                        "--port",
                        Integer.toString(port),
                        "--dir",
                        dataDir.toString(),
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "everysec",
                        "--save",
                        "")
                .log(logFile)
                .readyWhen(this::isReady, Duration.ofSeconds(15))
                .start()
                .awaitReady();
    }

    /** Compares the pid in the answer, so that another server on the port is not mistaken for it. LOADING is an error reply. */
    private boolean isReady(ManagedProcess server) throws IOException {
        return RedisClient.call(HOST, port, "INFO", "server").contains("process_id:" + server.pid() + "\r\n")
                && RedisClient.call(HOST, port, "PING").equals("PONG");
    }

    private static Path unpacked() {
        Platform platform = Platform.current();
        String resource = switch (platform.os() + "-" + platform.arch()) {
            case "linux-amd64" -> "/redis-server-6.2.6-v5-linux-amd64";
            case "linux-arm64" -> "/redis-server-6.2.7-linux-arm64";
            case "darwin-amd64" -> "/redis-server-6.2.6-v5-darwin-amd64";
            case "darwin-arm64" -> "/redis-server-6.2.6-v5-darwin-arm64";
            default -> throw new IllegalStateException("No Redis for " + platform);
        };
        try {
            String hash;
            try (InputStream content = open(resource)) {
                hash = CacheFolder.hash(content);
            }
            return CacheFolder.entry("redis-" + hash, folder -> {
                        Path file = folder.resolve("redis-server");
                        try (InputStream content = open(resource)) {
                            Files.copy(content, file);
                        }
                        if (!file.toFile().setExecutable(true)) {
                            throw new IOException("Could not make " + file + " executable");
                        }
                    })
                    .resolve("redis-server");
        } catch (IOException e) {
            throw new UncheckedIOException("Could not unpack " + resource, e);
        }
    }

    private static InputStream open(String resource) {
        InputStream content = Redis.class.getResourceAsStream(resource);
        if (content == null) {
            throw new IllegalStateException(resource + " of embedded-redis is not on the class path");
        }
        return content;
    }
}
