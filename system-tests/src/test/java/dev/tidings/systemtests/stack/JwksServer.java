package dev.tidings.systemtests.stack;

import com.sun.net.httpserver.HttpServer;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.SignatureAlgorithm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/** An identity provider that publishes its public keys, and rotates them when a test says so. */
public final class JwksServer implements AutoCloseable {

    private final HttpServer server;
    private final List<SigningKey> published = new CopyOnWriteArrayList<>();

    /** A key pair with its id. */
    public record SigningKey(String id, KeyPair pair, SignatureAlgorithm algorithm) {

        public static SigningKey rs256(String id) {
            return new SigningKey(id, Jwts.SIG.RS256.keyPair().build(), Jwts.SIG.RS256);
        }

        public static SigningKey es256(String id) {
            return new SigningKey(id, Jwts.SIG.ES256.keyPair().build(), Jwts.SIG.ES256);
        }

        JwtBuilder sign(JwtBuilder jwt) {
            return jwt.header().keyId(id).and().signWith(pair.getPrivate(), algorithm);
        }

        Jwk<?> jwk() {
            return Jwks.builder().key(pair.getPublic()).id(id).build();
        }
    }

    private JwksServer(HttpServer server) {
        this.server = server;
    }

    static JwksServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            JwksServer jwks = new JwksServer(server);
            server.createContext("/jwks", exchange -> {
                byte[] document = jwks.document().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, document.length);
                try (var body = exchange.getResponseBody()) {
                    body.write(document);
                }
            });
            server.start();
            return jwks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create(
                "http://127.0.0.1:%d/jwks".formatted(server.getAddress().getPort()));
    }

    /** From now on these are the issuer's keys. */
    public void publish(SigningKey... keys) {
        published.clear();
        published.addAll(List.of(keys));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** A jjwt key is a map of its public members. */
    private String document() {
        List<String> keys = published.stream()
                .map(key -> JsonMapper.shared().writeValueAsString(key.jwk()))
                .toList();
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }
}
