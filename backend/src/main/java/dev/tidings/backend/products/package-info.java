/**
 * The product catalogue: products by SKU, with a name and a unit price before tax (R-OR-1).
 *
 * <p>Anybody reads the list, administrators create and replace products, and {@code orders} takes names and prices from {@link
 * dev.tidings.backend.products.Catalogue}, in the transaction of the order. An order copies both, so later changes of the catalogue do
 * not affect it. A product is never removed, only set inactive. Stateless; safe for any thread.
 */
@NullMarked
package dev.tidings.backend.products;

import org.jspecify.annotations.NullMarked;
