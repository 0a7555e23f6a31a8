/**
 * Orders of buyers (R-OR-1, R-OR-2).
 *
 * <p>{@code OrderForm} reads requests, {@code Amounts} computes amounts, {@code OrderStatus} defines the transitions and the roles that
 * may request them, {@code Pricing} takes names and unit prices from the product catalogue. All four are pure. {@code Orders} changes
 * orders, {@code OrderTable} contains the SQL, {@code OrderController} and {@code AdminOrderController} serve HTTP. Each change locks
 * the row of the order, increments its version and appends one event to the outbox, in one transaction. A change to the current status
 * changes nothing and emits no event.
 *
 * <p>Amounts are computed only here, from the prices of the catalogue and the configured tax rate. A buyer may send the name and unit
 * price that the screen showed; if the catalogue differs, the order is rejected with 422. An order with a total of its own is rejected.
 * An order keeps the names and prices of its creation. The order of another buyer is answered with 404, except for administrators.
 */
@NullMarked
package dev.tidings.backend.orders;

import org.jspecify.annotations.NullMarked;
