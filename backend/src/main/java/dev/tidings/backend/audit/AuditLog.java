package dev.tidings.backend.audit;

import dev.tidings.backend.audit.Chain.ChainFault;
import dev.tidings.backend.audit.Chain.Link;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the audit log. Safe for any thread. */
@Repository
class AuditLog {
    /** Small enough to be read well within the query timeout. */
    static final int LINKS_AT_ONCE = 10_000;

    private final JdbcClient jdbc;

    AuditLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Selects entries. A null component is not a condition. */
    record Filter(
            @Nullable String who,
            @Nullable String what,
            @Nullable String topic,
            @Nullable String source,
            @Nullable String eventId,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /** @param payload data of the event, JSON */
    record AuditEntry(
            long number,
            @Nullable String who,
            String what,
            Instant when,
            String topic,
            String source,
            String eventId,
            Instant recordedAt,
            String payload,
            String hash) {}

    /**
     * The result of a verification.
     *
     * @param entries number of entries at its start
     * @param headHash hash of the last of these entries, in hex
     */
    record ChainVerification(long entries, String headHash, Optional<ChainFault> fault) {}

    /**
     * The result of one step of a verification.
     *
     * @param entries number of entries at present
     * @param lastNumber number of the last verified entry
     * @param lastHash hash of that entry, in hex
     * @param hasMore whether entries after it are to be verified
     */
    record ChainStep(
            long entries,
            String headHash,
            long lastNumber,
            String lastHash,
            boolean hasMore,
            Optional<ChainFault> fault) {}

    private record ChainHead(long number, String hash) {}

    /** Returns entries with numbers below {@code before}, newest first. */
    List<AuditEntry> page(Filter filter, long before, int limit) {
        return jdbc.sql("""
                        SELECT * FROM audit_log
                        WHERE number < :before
                          AND (:who::text IS NULL OR user_id = :who)
                          AND (:what::text IS NULL OR event_type = :what)
                          AND (:topic::text IS NULL OR topic = :topic)
                          AND (:source::text IS NULL OR event_source = :source)
                          AND (:eventId::text IS NULL OR event_id = :eventId)
                          AND (:from::timestamptz IS NULL OR occurred_at >= :from)
                          AND (:to::timestamptz IS NULL OR occurred_at < :to)
                        ORDER BY number DESC
                        LIMIT :limit
                        """)
                .param("before", before)
                .param("who", filter.who())
                .param("what", filter.what())
                .param("topic", filter.topic())
                .param("source", filter.source())
                .param("eventId", filter.eventId())
                .param("from", utc(filter.from()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("to", utc(filter.to()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("limit", limit)
                .query((row, n) -> entry(row))
                .list();
    }

    /** Verifies the chain from its first entry to its current head. */
    ChainVerification verify() {
        ChainHead head = head();
        Chain chain = new Chain();
        Optional<ChainFault> fault = Optional.empty();
        List<Link> links;
        do {
            links = links(chain.lastNumber(), head.number(), LINKS_AT_ONCE);
            for (int i = 0; i < links.size() && fault.isEmpty(); i++) {
                fault = chain.append(links.get(i));
            }
        } while (fault.isEmpty() && links.size() == LINKS_AT_ONCE);
        return new ChainVerification(head.number(), head.hash(), fault.or(() -> chain.end(head.number(), head.hash())));
    }

    /**
     * Verifies the next entries, in one statement.
     *
     * @param after number of the last entry that was verified before; 0 to begin
     * @param hash hash of that entry, in hex; not used to begin
     * @param limit maximum number of entries, at most {@value #LINKS_AT_ONCE}
     */
    ChainStep verifyStep(long after, String hash, int limit) {
        ChainHead head = head();
        Chain chain = after == 0 ? new Chain() : new Chain(after, hash);
        List<Link> links = links(after, head.number(), limit);
        Optional<ChainFault> fault = Optional.empty();
        for (int i = 0; i < links.size() && fault.isEmpty(); i++) {
            fault = chain.append(links.get(i));
        }
        boolean hasMore = fault.isEmpty() && links.size() == limit && chain.lastNumber() < head.number();
        if (fault.isEmpty() && !hasMore) {
            fault = chain.end(head.number(), head.hash());
        }
        return new ChainStep(head.number(), head.hash(), chain.lastNumber(), chain.lastHash(), hasMore, fault);
    }

    private ChainHead head() {
        return jdbc.sql("SELECT number, hash FROM audit_head")
                .query((row, n) ->
                        new ChainHead(row.getLong("number"), HexFormat.of().formatHex(row.getBytes("hash"))))
                .single();
    }

    private List<Link> links(long after, long last, int limit) {
        return jdbc.sql("""
                        SELECT number, previous_hash, hash, audit_hash(audit_log) AS computed FROM audit_log
                        WHERE number > :after AND number <= :last
                        ORDER BY number
                        LIMIT :limit
                        """)
                .param("after", after)
                .param("last", last)
                .param("limit", limit)
                .query((row, n) -> Link.of(
                        row.getLong("number"),
                        row.getBytes("previous_hash"),
                        row.getBytes("hash"),
                        row.getBytes("computed")))
                .list();
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("number"),
                row.getString("user_id"),
                row.getString("event_type"),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getString("topic"),
                row.getString("event_source"),
                row.getString("event_id"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getString("payload"),
                HexFormat.of().formatHex(row.getBytes("hash")));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
