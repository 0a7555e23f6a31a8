package dev.tidings.backend.products;

import java.math.BigDecimal;

/**
 * A product of the catalogue, in the database as in the API.
 *
 * @param sku stock keeping unit, the key of the product
 * @param unitPrice with two decimals, before tax
 * @param active whether it can be ordered
 */
public record Product(String sku, String name, BigDecimal unitPrice, boolean active) {}
