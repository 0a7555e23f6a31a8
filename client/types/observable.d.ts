/**
 * A value that can be observed. A watcher is called at once with the value, and again after each change. This fits
 * Svelte's stores without an adapter, and React's `useSyncExternalStore` with `get`.
 *
 * @template T
 * @typedef {object} Observable
 * @property {() => T} get
 * @property {(watcher: (value: T) => void) => () => void} subscribe returns a function that stops it
 */
/**
 * @template T
 * @param {T} initial
 * @param {(error: unknown) => void} [failed] is called with the exception of a watcher; the other watchers are still called
 * @returns {Observable<T> & { set: (value: T) => void }}
 */
export function observable<T>(initial: T, failed?: (error: unknown) => void): Observable<T> & {
    set: (value: T) => void;
};
/**
 * A value that can be observed. A watcher is called at once with the value, and again after each change. This fits
 * Svelte's stores without an adapter, and React's `useSyncExternalStore` with `get`.
 */
export type Observable<T> = {
    get: () => T;
    /**
     * returns a function that stops it
     */
    subscribe: (watcher: (value: T) => void) => () => void;
};
