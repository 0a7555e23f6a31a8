/**
 * Orders of buyers (R-OR-1, R-OR-2).
 *
 * <p>{@code OrderForm} reads what buyers send, {@code Amounts} computes what they pay, {@code OrderStatus} says which steps there
 * are and who may take them; all three are pure. {@code Orders} changes orders, {@code OrderTable} holds the SQL, {@code
 * OrderController} and {@code AdminOrderController} speak HTTP. Each change locks the order's row, counts its version up and writes
 * one event to the outbox, in one transaction; a change to the status that an order has already changes nothing and makes no
 * event.
 *
 * <p>Amounts are computed here, from the items and the configured tax rate, and nowhere else; an order that names its own total
 * is refused. An order of somebody else does not exist, except for administrators.
 */
@NullMarked
package dev.tidings.backend.orders;

import org.jspecify.annotations.NullMarked;
