package dev.tidings.backend.orders;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of orders. */
@Repository
class OrderTable {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    OrderTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void insert(Order order) {
        jdbc.sql("""
                        INSERT INTO orders (order_id, buyer_id, items, subtotal, tax, total, status, shipping_address,
                                            version, created_at, updated_at)
                        VALUES (:id, :buyerId, :items::jsonb, :subtotal, :tax, :total, :status, :shippingAddress,
                                :version, :createdAt, :createdAt)
                        """)
                .param("id", order.id())
                .param("buyerId", order.buyerId())
                .param("items", json.writeValueAsString(order.items()))
                .param("subtotal", order.amounts().subtotal())
                .param("tax", order.amounts().tax())
                .param("total", order.amounts().total())
                .param("status", order.status().wireName())
                .param("shippingAddress", order.shippingAddress())
                .param("version", order.version())
                .param("createdAt", utc(order.createdAt()))
                .update();
    }

    void update(Order order) {
        jdbc.sql("""
                        UPDATE orders
                        SET status = :status, cancel_reason = :cancelReason, version = :version, updated_at = :updatedAt
                        WHERE order_id = :id
                        """)
                .param("status", order.status().wireName())
                .param("cancelReason", order.cancelReason())
                .param("version", order.version())
                .param("updatedAt", utc(order.updatedAt()))
                .param("id", order.id())
                .update();
    }

    Optional<Order> find(UUID id) {
        return jdbc.sql("SELECT * FROM orders WHERE order_id = :id")
                .param("id", id)
                .query((row, n) -> order(row))
                .optional();
    }

    /** Locks the row until the end of the transaction, which serializes changes of one order and their events. */
    Optional<Order> lock(UUID id) {
        return jdbc.sql("SELECT * FROM orders WHERE order_id = :id FOR UPDATE")
                .param("id", id)
                .query((row, n) -> order(row))
                .optional();
    }

    /**
     * Returns a page, newest first.
     *
     * @param buyerId null for all buyers
     * @param status null for all statuses
     */
    List<Order> page(@Nullable String buyerId, @Nullable OrderStatus status, @Nullable UUID before, int limit) {
        return jdbc.sql("""
                        SELECT * FROM orders
                        WHERE (:buyerId::text IS NULL OR buyer_id = :buyerId)
                          AND (:status::text IS NULL OR status = :status)
                          AND (:before::uuid IS NULL OR order_id < :before)
                        ORDER BY order_id DESC
                        LIMIT :limit
                        """)
                .param("buyerId", buyerId)
                .param("status", status == null ? null : status.wireName())
                .param("before", before, Types.OTHER)
                .param("limit", limit)
                .query((row, n) -> order(row))
                .list();
    }

    private Order order(ResultSet row) throws SQLException {
        return new Order(
                row.getObject("order_id", UUID.class),
                row.getString("buyer_id"),
                List.of(json.readValue(row.getString("items"), OrderItem[].class)),
                new Amounts(row.getBigDecimal("subtotal"), row.getBigDecimal("tax"), row.getBigDecimal("total")),
                OrderStatus.of(row.getString("status")).orElseThrow(),
                row.getString("shipping_address"),
                row.getString("cancel_reason"),
                row.getLong("version"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
