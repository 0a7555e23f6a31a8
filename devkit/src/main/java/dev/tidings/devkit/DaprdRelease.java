package dev.tidings.devkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The official sidecar of a pinned version, from Dapr's releases, cached.
 *
 * <p>The archive is verified with the SHA-256 of the release, which detects a corrupt download but not a replaced release. {@code
 * TIDINGS_DAPRD} selects another executable.
 */
final class DaprdRelease {

    static final SidecarVersion VERSION = new SidecarVersion(1, 18, 3);

    private final Consumer<String> progress;

    DaprdRelease(Consumer<String> progress) {
        this.progress = progress;
    }

    Path fetch() {
        return CacheFolder.entry("daprd-release-" + VERSION, this::download).resolve("daprd");
    }

    static URI archive(Platform platform) {
        return URI.create("https://github.com/dapr/dapr/releases/download/v%s/daprd_%s_%s.tar.gz"
                .formatted(VERSION, platform.os(), platform.arch()));
    }

    private void download(Path folder) throws IOException {
        URI archive = archive(Platform.current());
        progress.accept("Fetching the official sidecar " + VERSION + " (no Go to build one): " + archive);
        Path file = folder.resolve("daprd.tar.gz");
        try (HttpClient client = HttpClient.newBuilder()
                .followRedirects(Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(20))
                .build()) {
            String published = get(client, URI.create(archive + ".sha256"), BodyHandlers.ofString());
            get(client, archive, BodyHandlers.ofFile(file));
            String actual = HexFormat.of().formatHex(CacheFolder.sha256().digest(Files.readAllBytes(file)));
            if (!published.strip().toLowerCase(Locale.ROOT).startsWith(actual)) { // the file's name follows
                throw new IOException(
                        "%s has SHA-256 %s, published is %s".formatted(archive, actual, published.strip()));
            }
        } catch (IOException e) {
            throw new IOException(
                    "No sidecar: no usable daprd was found, there is no Go 1.26+ to build one, and the official release"
                            + " could not be fetched (" + e.getMessage()
                            + "). Install Go from https://go.dev/dl, or set TIDINGS_DAPRD to a"
                            + " daprd " + DaprdBinary.MINIMUM + " or later.",
                    e);
        }
        extract(file, folder.resolve("daprd"));
        Files.delete(file);
    }

    private static <T> T get(HttpClient client, URI uri, HttpResponse.BodyHandler<T> handler) throws IOException {
        try {
            HttpResponse<T> response = client.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(10)).build(), handler);
            if (response.statusCode() != 200) {
                throw new IOException(uri + " answered " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }

    private static void extract(Path archive, Path target) throws IOException {
        try (InputStream content = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(content))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().equals("daprd") || entry.getName().endsWith("/daprd")) {
                    Files.copy(tar, target);
                    if (!target.toFile().setExecutable(true)) {
                        throw new IOException("Could not make " + target + " executable");
                    }
                    return;
                }
            }
        }
        throw new IOException("No daprd in " + archive);
    }
}
