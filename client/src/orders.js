/**
 * Orders: events with missing fields filled in, and a live list of them (R-OR-3).
 *
 * @typedef {object} OrderItem
 * @property {string} sku
 * @property {string} name
 * @property {number} quantity
 * @property {number} unitPrice
 *
 * @typedef {object} Order
 * @property {string} orderId
 * @property {string | undefined} buyerId
 * @property {OrderItem[]} items
 * @property {number} subtotal
 * @property {number} tax
 * @property {number} total
 * @property {string} status `pending`, `processing`, `shipped`, `delivered`, `cancelled`
 * @property {any} [shippingAddress]
 * @property {string} createdAt
 * @property {string} updatedAt
 * @property {string} [message]
 * @property {string} [reason]
 * @property {number} [version]
 *
 * @typedef {Order} OrderCreated
 *
 * @typedef {object} OrderUpdated
 * @property {string} orderId
 * @property {string | undefined} buyerId
 * @property {string} status
 * @property {string | undefined} previousStatus
 * @property {string} updatedAt
 * @property {string} message
 * @property {number} [version]
 *
 * @typedef {object} OrderCancelled
 * @property {string} orderId
 * @property {string | undefined} buyerId
 * @property {'cancelled'} status
 * @property {string} reason
 * @property {string} cancelledAt
 * @property {string} updatedAt
 * @property {number} [version]
 *
 * @typedef {object} OrderCallbacks
 * @property {(order: OrderCreated) => unknown} [onCreated]
 * @property {(change: OrderUpdated) => unknown} [onUpdated]
 * @property {(cancellation: OrderCancelled) => unknown} [onCancelled]
 *
 * @typedef {object} Source the parts of the connection that orders use
 * @property {(type: string, handler: (event: any, message: any) => unknown) => () => void} on
 * @property {() => { userId: string | null, role: string | null }} identity
 */

import { createCollection } from './collection.js';

/** Maximum number of stored changes of unknown orders. */
const EARLY = 500;

/** @param {any} payload @param {string} now @returns {OrderCreated} */
export function orderCreated(payload, now) {
  const createdAt = payload.createdAt ?? now;
  return {
    ...payload,
    orderId: text(payload.orderId),
    buyerId: payload.buyerId,
    items: Array.isArray(payload.items) ? payload.items : [],
    subtotal: amount(payload.subtotal),
    tax: amount(payload.tax),
    total: amount(payload.total ?? payload.totalAmount),
    status: payload.status ?? 'pending',
    createdAt,
    updatedAt: payload.updatedAt ?? createdAt,
  };
}

/** @param {any} payload @param {string} now @returns {OrderUpdated} */
export function orderUpdated(payload, now) {
  const status = payload.status ?? 'pending';
  return {
    ...payload,
    orderId: text(payload.orderId),
    buyerId: payload.buyerId,
    status,
    previousStatus: payload.previousStatus,
    updatedAt: payload.updatedAt ?? now,
    message: payload.message ?? `Your order is ${status}`,
  };
}

/** @param {any} payload @param {string} now @returns {OrderCancelled} */
export function orderCancelled(payload, now) {
  const cancelledAt = payload.cancelledAt ?? now;
  return {
    ...payload,
    orderId: text(payload.orderId),
    buyerId: payload.buyerId,
    status: 'cancelled',
    reason: payload.reason ?? '',
    cancelledAt,
    updatedAt: cancelledAt,
  };
}

/**
 * @param {Source} source
 * @param {OrderCallbacks} callbacks
 * @returns {() => void} stops it
 */
export function subscribeToOrders(source, { onCreated, onUpdated, onCancelled }) {
  const now = () => new Date().toISOString();
  const ends = [
    source.on('order:created', (payload) => onCreated?.(orderCreated(payload, now()))),
    source.on('order:updated', (payload) => onUpdated?.(orderUpdated(payload, now()))),
    source.on('order:cancelled', (payload) => onCancelled?.(orderCancelled(payload, now()))),
  ];
  return () => ends.forEach((end) => end());
}

/**
 * A live list of orders, newest first.
 *
 * @param {import('./tidings.js').Tidings} tidings
 * @param {object} [options]
 * @param {(request: { reason: string }) => Promise<readonly Order[]>} [options.load] loads the orders from the API
 * @param {'mine' | 'all'} [options.scope] an admin's list contains all orders, a buyer's only the buyer's own
 * @param {string} [options.name] under which they are kept for an offline start
 */
export function createOrders(tidings, { load, scope = 'mine', name = 'orders' } = {}) {
  const collection = tidings.collection(name, /** @type {import('./collection.js').CollectionOptions<Order>} */ ({
    idOf: ({ orderId }) => orderId,
  }));
  /** Changes that came before their order: events of different topics keep no order. @type {Map<string, Partial<Order>>} */
  const early = new Map();

  const unsubscribe = tidings.subscribeToOrders({
    onCreated(order) {
      if (scope === 'all' || order.buyerId === tidings.identity().userId) {
        const change = early.get(order.orderId);
        early.delete(order.orderId);
        collection.put({ ...order, ...change });
      }
    },
    onUpdated: change,
    onCancelled: change,
  });
  const stopLoading = load
    ? tidings.keepFresh((request) =>
        collection.load(async () => {
          const orders = await load(request);
          return orders.map((order) => orderCreated(order, new Date().toISOString()));
        }),
      )
    : () => {};

  return {
    ...collection,
    close() {
      unsubscribe();
      stopLoading();
      collection.close();
    },
  };

  /** @param {OrderUpdated | OrderCancelled} change */
  function change({ orderId, ...fields }) {
    const known = collection.get(orderId);
    if (known === undefined) {
      early.delete(orderId);
      early.set(orderId, defined(fields));
      if (early.size > EARLY) {
        early.delete(/** @type {string} */ (early.keys().next().value));
      }
    } else {
      collection.put({ ...known, ...defined(fields) });
    }
  }
}

/** @typedef {ReturnType<typeof createOrders>} Orders */

/** The displayed form of an id: the last 8 characters, in capitals. @param {string} orderId */
export function shortOrderId(orderId) {
  return orderId.slice(-8).toUpperCase();
}

/** @template {object} T @param {T} fields @returns {Partial<T>} */
function defined(fields) {
  return /** @type {Partial<T>} */ (Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));
}

/** @param {unknown} value */
function text(value) {
  return value === undefined || value === null ? '' : String(value);
}

/** @param {unknown} value */
function amount(value) {
  const number = Number(value ?? 0);
  return Number.isFinite(number) ? number : 0;
}
