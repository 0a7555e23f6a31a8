/**
 * The product catalogue: which products the shop sells, by SKU, with a name and a unit price before tax (R-OR-1).
 *
 * <p>Anyone reads the list, an administrator creates and replaces products, and {@code orders} takes names and prices from {@link
 * dev.tidings.backend.products.Catalogue}, in the transaction of the order. An order copies both, so a later change of the catalogue
 * does not touch it. A product is never removed, only set inactive. Stateless; safe for any thread.
 */
@NullMarked
package dev.tidings.backend.products;

import org.jspecify.annotations.NullMarked;
