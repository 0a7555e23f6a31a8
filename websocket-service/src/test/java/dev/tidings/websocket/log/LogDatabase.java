package dev.tidings.websocket.log;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tidings.devkit.Infrastructure;
import dev.tidings.devkit.TidingsDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A migrated database of its own for a test class, seen from sessions in an odd time zone. */
final class LogDatabase implements AutoCloseable {
    final HikariDataSource dataSource;
    final JdbcClient jdbc;
    final LogRetention retention;
    final PostgresEventLog log;

    LogDatabase() {
        TidingsDatabase.Login login = Infrastructure.shared().freshDatabase().websocket();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(login.jdbcUrl());
        config.setUsername(login.user());
        config.setPassword(login.password());
        config.setMaximumPoolSize(8);
        config.addDataSourceProperty("currentSchema", "delivery");
        config.setConnectionInitSql("SET TIME ZONE 'Asia/Kathmandu'");
        dataSource = new HikariDataSource(config);
        Flyway.configure()
                .dataSource(dataSource)
                .schemas("delivery")
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false")) // as in application.yaml
                .load()
                .migrate();
        jdbc = JdbcClient.create(dataSource);
        retention = new LogRetention(dataSource, new LogSettings(Duration.ofDays(7), Duration.ofDays(30)));
        retention.afterPropertiesSet();
        log = new PostgresEventLog(jdbc, retention, new SimpleMeterRegistry());
    }

    /** Moves everything into the past, as if that time had gone by since. */
    void age(Duration by) {
        long from = jdbc.sql("SELECT coalesce(min(timestamp), 0) FROM business_event_log")
                        .query(Long.class)
                        .single()
                - by.toMillis();
        jdbc.sql("CREATE TABLE business_event_log_p%d PARTITION OF business_event_log FOR VALUES FROM (%d) TO (%d)"
                        .formatted(from, from, from + Duration.ofHours(1).toMillis()))
                .update();
        for (String change : new String[] {
            "UPDATE business_event_log SET timestamp = timestamp - :by",
            "UPDATE ingested_event SET timestamp = timestamp - :by",
            "UPDATE stream SET last_timestamp = last_timestamp - :by"
        }) {
            jdbc.sql(change).param("by", by.toMillis()).update();
        }
    }

    long partitions() {
        return jdbc.sql("SELECT count(*) FROM pg_inherits WHERE inhparent = 'business_event_log'::regclass")
                .query(Long.class)
                .single();
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
