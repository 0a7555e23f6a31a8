package dev.tidings.backend.operatorlog;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Appends the actions of operators to the audit log. Safe for any thread. */
@Component
public class OperatorLog {
    /** The topic of these entries. It is no topic of the broker. */
    public static final String TOPIC = "operator-actions";

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;
    private final String appId;

    OperatorLog(JdbcClient jdbc, JsonMapper json, Clock clock, @Value("${spring.application.name}") String appId) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
        this.appId = appId;
    }

    /**
     * Appends one action in the transaction of the caller, or in one of its own. All appends wait for each other until the end of
     * their transactions, so this is the last statement of a transaction.
     *
     * @param operator user id of the operator
     * @param action what the operator did, such as {@code operator.dead_letter.discard}
     * @param target id of the thing concerned
     * @param outcome result of the action, for people
     * @param details further facts, as JSON
     */
    public void record(String operator, String action, String target, String outcome, Map<String, ?> details) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("target", target);
        payload.put("outcome", outcome);
        payload.putAll(details);
        jdbc.sql("""
                        INSERT INTO audit_log (topic, event_source, event_id, event_type, user_id, occurred_at, payload)
                        VALUES (:topic, :source, :id, :action, :operator, :now, :payload)
                        """)
                .param("topic", TOPIC)
                .param("source", appId)
                .param("id", UuidCreator.getTimeOrderedEpoch().toString())
                .param("action", action)
                .param("operator", operator)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("payload", json.writeValueAsString(payload))
                .update();
    }
}
