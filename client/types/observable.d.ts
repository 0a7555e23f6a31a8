/**
 * A value that can be watched. A watcher is called at once with the value, and again whenever it changes, so it fits
 * Svelte's stores as it is, and React's `useSyncExternalStore` with `get`.
 *
 * @template T
 * @typedef {object} Observable
 * @property {() => T} get
 * @property {(watcher: (value: T) => void) => () => void} subscribe answers how to stop it
 */
/**
 * @template T
 * @param {T} initial
 * @param {(error: unknown) => void} [failed] is told of a watcher that threw; the others are called all the same
 * @returns {Observable<T> & { set: (value: T) => void }}
 */
export function observable<T>(initial: T, failed?: (error: unknown) => void): Observable<T> & {
    set: (value: T) => void;
};
/**
 * A value that can be watched. A watcher is called at once with the value, and again whenever it changes, so it fits
 * Svelte's stores as it is, and React's `useSyncExternalStore` with `get`.
 */
export type Observable<T> = {
    get: () => T;
    /**
     * answers how to stop it
     */
    subscribe: (watcher: (value: T) => void) => () => void;
};
