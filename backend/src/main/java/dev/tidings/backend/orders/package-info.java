/**
 * Orders of buyers (R-OR-1, R-OR-2).
 *
 * <p>{@code OrderForm} reads what buyers send, {@code Amounts} computes what they pay, {@code OrderStatus} says which steps there
 * are and who may take them; {@code Pricing} takes names and unit prices from the product catalogue. All four are pure. {@code Orders} changes orders, {@code OrderTable} holds the SQL, {@code
 * OrderController} and {@code AdminOrderController} speak HTTP. Each change locks the order's row, counts its version up and writes
 * one event to the outbox, in one transaction; a change to the status that an order has already changes nothing and makes no
 * event.
 *
 * <p>Amounts are computed here, from the catalogue's prices and the configured tax rate, and nowhere else. A buyer may send the
 * name and the unit price that he was shown; if the catalogue differs, the order is refused with 422. An order that names its own
 * total is refused. An order keeps the names and prices that it was made with. An order of somebody else does not exist, except for administrators.
 */
@NullMarked
package dev.tidings.backend.orders;

import org.jspecify.annotations.NullMarked;
