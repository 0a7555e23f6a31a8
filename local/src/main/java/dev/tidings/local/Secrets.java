package dev.tidings.local;

import dev.tidings.tokens.TokenIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Properties;

/**
 * What the parts of one system know of each other and nobody else does: made at random once per data folder, kept in a file that
 * only its owner can read, handed over by environment. The file's lines are {@code NAME=value} with the services' own variable
 * names, so that a shell can take them too.
 */
record Secrets(String jwt, String cluster, String appToken, String sidecarToken) {

    static final String ISSUER = "tidings";
    static final String AUDIENCE = "tidings";

    private static final String JWT = "TIDINGS_JWT_HS256_SECRET";
    private static final String CLUSTER = "TIDINGS_CLUSTER_SECRET";
    private static final String APP_TOKEN = "APP_API_TOKEN";
    private static final String SIDECAR_TOKEN = "DAPR_API_TOKEN";

    /** Those of the data folder, made first if there are none. Two programs at once get the same. */
    static Secrets of(Path dataFolder) {
        Path file = dataFolder.resolve("secrets");
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            Properties lines = new Properties();
            try (var reader = Files.newBufferedReader(file)) {
                lines.load(reader);
            }
            return new Secrets(
                    required(lines, JWT, file),
                    required(lines, CLUSTER, file),
                    required(lines, APP_TOKEN, file),
                    required(lines, SIDECAR_TOKEN, file));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read or write " + file, e);
        }
    }

    /** Tokens that this system accepts. */
    TokenIssuer tokenIssuer() {
        return TokenIssuer.hs256(jwt, ISSUER, AUDIENCE, Clock.systemUTC());
    }

    @Override
    public String toString() {
        return "Secrets[…]";
    }

    private static void create(Path file) throws IOException {
        String content = "%s=%s%n%s=%s%n%s=%s%n%s=%s%n"
                .formatted(JWT, random(), CLUSTER, random(), APP_TOKEN, random(), SIDECAR_TOKEN, random());
        Path folder = Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Path draft = Files.createTempFile(
                folder,
                "secrets",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, content);
        try {
            Files.createLink(file, draft); // unlike a move, it never replaces what another program made meanwhile
        } catch (FileAlreadyExistsException theirsIsAsGood) {
            // read below
        } catch (UnsupportedOperationException noLinksHere) {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String required(Properties lines, String name, Path file) {
        String value = lines.getProperty(name, "");
        if (value.isBlank()) {
            throw Problem.of(
                    "%s has no line %s=…. Remove the file, and `./run` makes a new one.".formatted(file, name));
        }
        return value;
    }
}
