package dev.tidings.local.topology;

import dev.tidings.local.supervision.PrivateFile;
import dev.tidings.local.supervision.Problem;
import dev.tidings.tokens.TokenIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The secrets that the parts of one stack share. They are random, created once per data folder, kept in a file that only its owner can
 * read, and passed by environment variables. The file has lines {@code NAME=value} with the names of these variables, so a shell can
 * read it too.
 */
record Secrets(String jwt, String cluster, String appToken, String sidecarToken, String paymentWebhook) {

    static final String ISSUER = "tidings";
    static final String AUDIENCE = "tidings";

    private static final String JWT = "TIDINGS_JWT_HS256_SECRET";
    private static final String CLUSTER = "TIDINGS_CLUSTER_SECRET";
    private static final String APP_TOKEN = "APP_API_TOKEN";
    private static final String SIDECAR_TOKEN = "DAPR_API_TOKEN";
    private static final String PAYMENT_WEBHOOK = "TIDINGS_PAYMENT_WEBHOOK_SECRET";

    /** Reads the secrets of the data folder, or creates them. Concurrent programs get the same secrets. */
    static Secrets of(Path dataFolder) {
        Path file = dataFolder.resolve("secrets");
        PrivateFile.createIfMissing(
                file,
                Stream.of(JWT, CLUSTER, APP_TOKEN, SIDECAR_TOKEN, PAYMENT_WEBHOOK)
                        .map(name -> "%s=%s%n".formatted(name, random()))
                        .collect(Collectors.joining()));
        try {
            Properties lines = new Properties();
            try (var reader = Files.newBufferedReader(file)) {
                lines.load(reader);
            }
            return new Secrets(
                    required(lines, JWT, file),
                    required(lines, CLUSTER, file),
                    required(lines, APP_TOKEN, file),
                    required(lines, SIDECAR_TOKEN, file),
                    required(lines, PAYMENT_WEBHOOK, file));
        } catch (IOException e) {
            throw Problem.of("cannot read %s (%s). Check who owns it.".formatted(Problem.shown(file), e), e);
        }
    }

    /** Issues tokens that this stack accepts. */
    TokenIssuer tokenIssuer() {
        return TokenIssuer.hs256(jwt, ISSUER, AUDIENCE, Clock.systemUTC());
    }

    @Override
    public String toString() {
        return "Secrets[…]";
    }

    static String random() {
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
