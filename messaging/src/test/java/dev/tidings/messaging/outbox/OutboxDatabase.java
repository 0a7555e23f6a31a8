package dev.tidings.messaging.outbox;

import dev.tidings.devkit.Infrastructure;
import dev.tidings.devkit.TidingsDatabase.Login;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A new database with an outbox, for one test class. Its sessions live in an odd time zone. */
final class OutboxDatabase {
    final PGSimpleDataSource dataSource = new PGSimpleDataSource();
    final JdbcClient jdbc;
    final TransactionTemplate transaction;

    OutboxDatabase() {
        Login login = Infrastructure.shared().freshDatabase().backend();
        dataSource.setUrl(login.jdbcUrl());
        dataSource.setUser(login.user());
        dataSource.setPassword(login.password());
        dataSource.setOptions("-c TimeZone=Asia/Kathmandu");
        jdbc = JdbcClient.create(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        Flyway.configure()
                .dataSource(dataSource)
                .schemas("backend")
                .locations("classpath:dev/tidings/messaging/migration")
                .load()
                .migrate();
    }

    void clear() {
        jdbc.sql("TRUNCATE outbox, outbox_relay").update();
        jdbc.sql("UPDATE outbox_slot SET relay = NULL, lease_until = '-infinity'")
                .update();
    }

    int unsent() {
        return jdbc.sql("SELECT count(*) FROM outbox WHERE published_at IS NULL")
                .query(Integer.class)
                .single();
    }
}
