/** @param {{ tidings: Tidings, children?: import('react').ReactNode }} props */
export function TidingsProvider({ tidings, children }: {
    tidings: Tidings;
    children?: import("react").ReactNode;
}): import("react").FunctionComponentElement<import("react").ProviderProps<{
    status: {
        get: () => import("./tidings.js").Status;
        subscribe: (watcher: (value: import("./tidings.js").Status) => void) => () => void;
    };
    connect: () => void;
    close: () => void;
    on: {
        /**
         * @template {keyof Events} T
         * @overload
         * @param {T} type
         * @param {(event: Events[T], message: EventMessage) => unknown} handler
         * @returns {() => void}
         */
        <T extends keyof import("./tidings.js").Events>(type: T, handler: (event: import("./tidings.js").Events[T], message: import("./tidings.js").EventMessage) => unknown): () => void;
        /**
         * Calls the handler for each event of that type: a message's type (`task_update`), an event's own (`task.created`), or
         * `event` for all.
         * @overload
         * @param {string} type
         * @param {(event: any, message: EventMessage) => unknown} handler
         * @returns {() => void} stops it
         */
        (type: string, handler: (event: any, message: import("./tidings.js").EventMessage) => unknown): () => void;
    };
    subscribeToOrders: (callbacks: import("./orders.js").OrderCallbacks) => () => void;
    keepFresh: (load: Loader) => Keeping & (() => void);
    refresh(): Promise<void>;
    wake: () => void;
    collection<T>(name: string, settings?: import("./collection.js").CollectionOptions<T>): import("./collection.js").Collection<T> & {
        close: () => void;
    };
    keep: (name: string, source: Source) => () => void;
    subscribe(channel: string): void;
    analytics: () => DeliveryFigures;
    events: () => readonly import("./messages.js").EventMessage[];
    identity: () => {
        userId: string | null;
        role: string | null;
    };
    log: import("./log.js").Log;
} | null>>;
/**
 * The connection, and its status as it changes.
 * @returns {{ tidings: Tidings, status: import('./tidings.js').Status }}
 */
export function useTidings(): {
    tidings: Tidings;
    status: import("./tidings.js").Status;
};
/**
 * Calls the handler for each event of that type while the component is mounted.
 * @param {string} type
 * @param {(event: any, message: import('./messages.js').EventMessage) => unknown} handler the latest one is called
 */
export function useTidingsEvent(type: string, handler: (event: any, message: import("./messages.js").EventMessage) => unknown): void;
/**
 * A live list of orders, newest first.
 * @param {Parameters<typeof createOrders>[1]} [options] those of the first render are used, except `load`
 * @returns {{ orders: readonly import('./orders.js').Order[], collection: import('./orders.js').Orders | null }}
 */
export function useOrders(options?: Parameters<typeof createOrders>[1]): {
    orders: readonly import("./orders.js").Order[];
    collection: import("./orders.js").Orders | null;
};
/**
 * The value of an observable, as it changes.
 * @template T
 * @param {import('./observable.js').Observable<T>} observable
 * @returns {T}
 */
export function useObservable<T>(observable: import("./observable.js").Observable<T>): T;
export type Tidings = import("./tidings.js").Tidings;
import { createOrders } from './orders.js';
