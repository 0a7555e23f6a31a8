package dev.tidings.backend;

import dev.tidings.devkit.Infrastructure;
import dev.tidings.devkit.TidingsDatabase.Login;
import dev.tidings.tokens.Role;
import dev.tidings.tokens.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A backend as it runs, on a database of its own whose sessions live in an odd time zone, seen from outside. */
public final class RunningBackend implements AutoCloseable {
    public static final String SECRET = UUID.randomUUID() + "-" + UUID.randomUUID();

    private static final TokenIssuer TOKENS = TokenIssuer.hs256(SECRET, "tidings", "tidings", Clock.systemUTC());
    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    private RunningBackend(Login database, List<String> settings) {
        List<String> arguments = new ArrayList<>(settings);
        arguments.addAll(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.datasource.hikari.data-source-properties.options=-c lock_timeout=5s -c TimeZone=Asia/Kathmandu",
                // Bursts of requests test what is true of all of them, however slow the machine is.
                "--tidings.edge.users.max-wait=20s",
                "--spring.datasource.hikari.connection-timeout=10000",
                "--tidings.tokens.hs256-secret=" + SECRET));
        if (settings.stream().noneMatch(setting -> setting.startsWith("--tidings.sidecar.app-token="))) {
            arguments.add("--tidings.sidecar.app-token=" + UUID.randomUUID());
        }
        this.context = SpringApplication.run(BackendApplication.class, arguments.toArray(String[]::new));
        DriverManagerDataSource dataSource =
                new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password());
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /**
     * Returns the backend that the tests of this JVM share, without a sidecar. It stops at the end of the JVM. Each test uses users,
     * products and trainers of its own.
     */
    public static RunningBackend shared() {
        return Shared.BACKEND;
    }

    private static final class Shared {
        private static final RunningBackend BACKEND = withoutSidecar();
    }

    /** Starts a backend without a sidecar: events stay in the outbox. */
    public static RunningBackend withoutSidecar() {
        return on(
                Infrastructure.shared().freshDatabase().backend(),
                "--tidings.sidecar.http-port=1",
                "--tidings.sidecar.grpc-port=1");
    }

    public static RunningBackend on(Login database, String... settings) {
        return new RunningBackend(database, List.of(settings));
    }

    /** An answer, its body parsed; a missing node where there is none. */
    public record Reply(int status, HttpResponse<String> response, JsonNode json) {
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The fields that a problem document blames. */
        public List<String> blamed() {
            return json.path("errors")
                    .valueStream()
                    .map(error -> error.path("field").stringValue())
                    .toList();
        }
    }

    public URI uri(String path) {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public static String token(String user) {
        return token(user, Duration.ofHours(1));
    }

    public static String token(String user, Duration ttl) {
        return TOKENS.issue(user, Role.USER, ttl);
    }

    /** A request of that user, JSON where it has a body, with further headers in pairs. */
    public Reply send(String user, String method, String path, @Nullable String body, String... headers) {
        return send(Role.USER, user, method, path, body, headers);
    }

    /** The same, of a user with that role. */
    public Reply send(Role role, String user, String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + TOKENS.issue(user, role, Duration.ofHours(1)))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    public Reply send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            boolean isJson =
                    response.headers().firstValue("Content-Type").orElse("").contains("json");
            JsonNode json = isJson ? JSON.readTree(response.body()) : JSON.missingNode();
            return new Reply(response.statusCode(), response, json);
        } catch (IOException e) {
            throw new IllegalStateException("no answer to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The payloads in the outbox that speak of that user, oldest first. */
    public List<JsonNode> events(String user) {
        return jdbc.sql("SELECT payload::text AS payload FROM outbox WHERE key = :user ORDER BY position")
                .param("user", user)
                .query((row, n) -> JSON.readTree(row.getString("payload")))
                .list();
    }

    /** What its controllers answer, such as {@code GET /api/tasks/{id}}. */
    public Set<String> operations() {
        return context
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .flatMap(mapping -> mapping.getMethodsCondition().getMethods().stream()
                        .flatMap(method -> mapping.getPatternValues().stream().map(pattern -> method + " " + pattern)))
                .collect(Collectors.toSet());
    }

    /** Of {@link #jdbc}. */
    public TransactionTemplate transaction() {
        return transaction;
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }
}
