package dev.tidings.backend.products;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads and writes the products. Each method is one statement and takes part in the transaction of its caller. */
@Repository
public class Catalogue {
    /** The list is read as a whole, so it must stay small enough for one answer. */
    static final int MAX_PRODUCTS = 1_000;

    private final JdbcClient jdbc;

    Catalogue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The outcome of {@link #put}. */
    enum Put {
        CREATED,
        REPLACED,
        FULL
    }

    /**
     * Finds products for an order. One statement reads all of them, so that names and prices belong to one moment.
     *
     * @return active and inactive products by SKU; an unknown SKU is missing
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<String, Product> find(Collection<String> skus) {
        return jdbc
                .sql("SELECT sku, name, unit_price, active FROM products WHERE sku = ANY (:skus)")
                .param("skus", skus.toArray(String[]::new))
                .query(Catalogue::product)
                .list()
                .stream()
                .collect(Collectors.toMap(Product::sku, Function.identity()));
    }

    /** All products by name. */
    List<Product> all() {
        return jdbc.sql("SELECT sku, name, unit_price, active FROM products ORDER BY name, sku LIMIT :limit")
                .param("limit", MAX_PRODUCTS)
                .query(Catalogue::product)
                .list();
    }

    private static Product product(ResultSet row, int number) throws SQLException {
        return new Product(
                row.getString("sku"), row.getString("name"), row.getBigDecimal("unit_price"), row.getBoolean("active"));
    }

    /** Creates the product, or replaces the one that has its SKU. */
    Put put(Product product) {
        Optional<Boolean> created = jdbc.sql("""
                        INSERT INTO products AS known (sku, name, unit_price, active)
                        SELECT :sku, :name, :unitPrice, :active
                        WHERE EXISTS (SELECT FROM products WHERE sku = :sku)
                           OR (SELECT count(*) FROM products) < :limit
                        ON CONFLICT (sku) DO UPDATE
                            SET name = excluded.name, unit_price = excluded.unit_price, active = excluded.active,
                                updated_at = now()
                        RETURNING known.xmax = 0 AS created
                        """)
                .param("sku", product.sku())
                .param("name", product.name())
                .param("unitPrice", product.unitPrice())
                .param("active", product.active())
                .param("limit", MAX_PRODUCTS)
                .query(Boolean.class)
                .optional();
        return created.map(isNew -> isNew ? Put.CREATED : Put.REPLACED).orElse(Put.FULL);
    }
}
