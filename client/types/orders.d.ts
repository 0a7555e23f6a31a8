/** @param {any} payload @param {string} now @returns {OrderCreated} */
export function orderCreated(payload: any, now: string): OrderCreated;
/** @param {any} payload @param {string} now @returns {OrderUpdated} */
export function orderUpdated(payload: any, now: string): OrderUpdated;
/** @param {any} payload @param {string} now @returns {OrderCancelled} */
export function orderCancelled(payload: any, now: string): OrderCancelled;
/**
 * @param {Source} source
 * @param {OrderCallbacks} callbacks
 * @returns {() => void} stops it
 */
export function subscribeToOrders(source: Source, { onCreated, onUpdated, onCancelled }: OrderCallbacks): () => void;
/**
 * A live list of orders, newest first.
 *
 * @param {import('./tidings.js').Tidings} tidings
 * @param {object} [options]
 * @param {(request: { reason: string }) => Promise<readonly Order[]>} [options.load] loads the orders from the API
 * @param {'mine' | 'all'} [options.scope] an admin's list contains all orders, a buyer's only the buyer's own
 * @param {string} [options.name] under which they are kept for an offline start
 */
export function createOrders(tidings: import("./tidings.js").Tidings, { load, scope, name }?: {
    load?: ((request: {
        reason: string;
    }) => Promise<readonly Order[]>) | undefined;
    scope?: "mine" | "all" | undefined;
    name?: string | undefined;
}): {
    close(): void;
    /**
     * newest first
     */
    items: import("./observable.js").Observable<readonly Order[]>;
    /**
     * an item as shown
     */
    get: (id: string) => Order | undefined;
    /**
     * adds or replaces a confirmed item; a new one appears on top
     */
    put: (item: Order) => void;
    remove: (id: string, version?: number) => void;
    /**
     * replaces all items except those that changed meanwhile
     */
    load: (fetch: () => Promise<readonly Order[]>) => Promise<void>;
    /**
     * shows a new
     * item until `commit` returns the real one. `same` returns whether an item of an event is the pending one
     */
    add: (item: Order, commit: () => Promise<void | Order>, same?: ((item: Order) => boolean) | undefined) => Promise<void | Order>;
    change: (id: string, fields: Partial<Order>, commit: () => Promise<void | Order>) => Promise<void | Order>;
    drop: (id: string, commit: () => Promise<unknown>) => Promise<void>;
    snapshot: () => unknown;
    restore: (value: any) => void;
};
/** @typedef {ReturnType<typeof createOrders>} Orders */
/** The displayed form of an id: the last 8 characters, in capitals. @param {string} orderId */
export function shortOrderId(orderId: string): string;
export type Orders = ReturnType<typeof createOrders>;
/**
 * Orders: events with missing fields filled in, and a live list of them (R-OR-3).
 */
export type OrderItem = {
    sku: string;
    name: string;
    quantity: number;
    unitPrice: number;
};
/**
 * Orders: events with missing fields filled in, and a live list of them (R-OR-3).
 */
export type Order = {
    orderId: string;
    buyerId: string | undefined;
    items: OrderItem[];
    subtotal: number;
    tax: number;
    total: number;
    /**
     * `pending`, `processing`, `shipped`, `delivered`, `cancelled`
     */
    status: string;
    shippingAddress?: any;
    createdAt: string;
    updatedAt: string;
    message?: string | undefined;
    reason?: string | undefined;
    version?: number | undefined;
};
/**
 * Orders: events with missing fields filled in, and a live list of them (R-OR-3).
 */
export type OrderCreated = Order;
/**
 * Orders: events with missing fields filled in, and a live list of them (R-OR-3).
 */
export type OrderUpdated = {
    orderId: string;
    buyerId: string | undefined;
    status: string;
    previousStatus: string | undefined;
    updatedAt: string;
    message: string;
    version?: number | undefined;
};
/**
 * Orders: events with missing fields filled in, and a live list of them (R-OR-3).
 */
export type OrderCancelled = {
    orderId: string;
    buyerId: string | undefined;
    status: "cancelled";
    reason: string;
    cancelledAt: string;
    updatedAt: string;
    version?: number | undefined;
};
/**
 * Orders: events with missing fields filled in, and a live list of them (R-OR-3).
 */
export type OrderCallbacks = {
    onCreated?: ((order: OrderCreated) => unknown) | undefined;
    onUpdated?: ((change: OrderUpdated) => unknown) | undefined;
    onCancelled?: ((cancellation: OrderCancelled) => unknown) | undefined;
};
/**
 * the parts of the connection that orders use
 */
export type Source = {
    on: (type: string, handler: (event: any, message: any) => unknown) => () => void;
    identity: () => {
        userId: string | null;
        role: string | null;
    };
};
