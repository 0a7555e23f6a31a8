package dev.tidings.backend.idempotency;

import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import dev.tidings.tokens.Identity;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Runs each write in a transaction, and only once per idempotency key. */
@Component
public class IdempotentWrites {
    /** Response header that marks a repeated answer. */
    static final String REPLAYED = "Idempotency-Replayed";

    private static final String HEADER = "Idempotency-Key";
    private static final String KEY_PATTERN = "[\\x21-\\x7E]{1,255}";
    private static final int PRUNED_AT_ONCE = 1_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private final Duration retention;

    IdempotentWrites(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            JsonMapper json,
            @Value("${tidings.idempotency.retention}") Duration retention) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.json = json;
        this.retention = retention;
    }

    /** @param body body of the request; empty if there is none */
    public ResponseEntity<String> run(
            Identity caller, HttpServletRequest request, byte[] body, Supplier<WriteResult> write) {
        String key = request.getHeader(HEADER);
        if (key == null) {
            return transaction.execute(status -> encode(write.get()).toResponse(false));
        }
        if (!key.matches(KEY_PATTERN)) {
            throw Problems.invalid(List.of(new FieldError(HEADER, "has 1 to 255 visible ASCII characters")));
        }
        byte[] fingerprint = fingerprint(request, body);
        return transaction.execute(status -> {
            if (!claim(caller.userId(), key, fingerprint)) {
                return replay(caller.userId(), key, fingerprint).toResponse(true);
            }
            Stored answer = encode(write.get());
            store(caller.userId(), key, answer);
            return answer.toResponse(false);
        });
    }

    /** Claims the key; waits for the end of an open transaction that has claimed it. */
    private boolean claim(String userId, String key, byte[] fingerprint) {
        return jdbc.sql("""
                        INSERT INTO idempotency_key (user_id, key, fingerprint)
                        VALUES (:userId, :key, :fingerprint)
                        ON CONFLICT DO NOTHING
                        """)
                        .param("userId", userId)
                        .param("key", key)
                        .param("fingerprint", fingerprint)
                        .update()
                == 1;
    }

    private Stored replay(String userId, String key, byte[] fingerprint) {
        return jdbc.sql("""
                        SELECT fingerprint, status, location, body FROM idempotency_key
                        WHERE user_id = :userId AND key = :key
                        """)
                .param("userId", userId)
                .param("key", key)
                .query((row, n) -> {
                    if (!Arrays.equals(fingerprint, row.getBytes("fingerprint"))) {
                        throw Problems.refused(
                                HttpStatus.UNPROCESSABLE_CONTENT,
                                "this Idempotency-Key was used for another request: use a new one");
                    }
                    return new Stored(row.getInt("status"), row.getString("location"), row.getString("body"));
                })
                .optional()
                .orElseThrow(() -> Problems.refused(
                        HttpStatus.CONFLICT, "this Idempotency-Key expired just now: send the request again"));
    }

    private void store(String userId, String key, Stored answer) {
        jdbc.sql("""
                        UPDATE idempotency_key SET status = :status, location = :location, body = :body
                        WHERE user_id = :userId AND key = :key
                        """)
                .param("userId", userId)
                .param("key", key)
                .param("status", answer.status())
                .param("location", answer.location())
                .param("body", answer.body())
                .update();
    }

    @Scheduled(fixedDelay = 60_000)
    void prune() {
        int pruned;
        do {
            pruned = jdbc.sql("""
                            DELETE FROM idempotency_key WHERE (user_id, key) IN (
                                SELECT user_id, key FROM idempotency_key
                                WHERE created_at < now() - :retention * interval '1 second'
                                ORDER BY created_at LIMIT :limit FOR UPDATE SKIP LOCKED)
                            """)
                    .param("retention", retention.toSeconds())
                    .param("limit", PRUNED_AT_ONCE)
                    .update();
        } while (pruned == PRUNED_AT_ONCE);
    }

    private Stored encode(WriteResult answer) {
        return new Stored(
                answer.status().value(),
                answer.location() == null ? null : answer.location().toString(),
                answer.body() == null ? null : json.writeValueAsString(answer.body()));
    }

    private static byte[] fingerprint(HttpServletRequest request, byte[] body) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(
                    (request.getMethod() + '\n' + request.getRequestURI() + '\n').getBytes(StandardCharsets.UTF_8));
            return sha256.digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private record Stored(
            int status, @Nullable String location, @Nullable String body) {
        ResponseEntity<String> toResponse(boolean replayed) {
            ResponseEntity.BodyBuilder response = ResponseEntity.status(status);
            if (location != null) {
                response.location(URI.create(location));
            }
            if (replayed) {
                response.header(REPLAYED, "true");
            }
            return body == null
                    ? response.build()
                    : response.contentType(MediaType.APPLICATION_JSON).body(body);
        }
    }
}
