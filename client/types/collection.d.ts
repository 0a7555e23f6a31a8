/**
 * @template T
 * @param {CollectionOptions<T>} [options]
 * @returns {Collection<T>}
 */
export function createCollection<T>({ idOf, versionOf, }?: CollectionOptions<T>): Collection<T>;
export type CollectionOptions<T> = {
    /**
     * `item.id` by default
     */
    idOf?: ((item: T) => string) | undefined;
    /**
     * `item.version` by default; without a version the later item wins
     */
    versionOf?: ((item: T) => number | undefined) | undefined;
};
export type Collection<T> = {
    /**
     * newest first
     */
    items: import("./observable.js").Observable<readonly T[]>;
    /**
     * an item as shown
     */
    get: (id: string) => T | undefined;
    /**
     * adds or replaces a confirmed item; a new one appears on top
     */
    put: (item: T) => void;
    remove: (id: string, version?: number) => void;
    /**
     * replaces all items except those that changed meanwhile
     */
    load: (fetch: () => Promise<readonly T[]>) => Promise<void>;
    /**
     * shows a new
     * item until `commit` returns the real one. `same` returns whether an item of an event is the pending one
     */
    add: (item: T, commit: () => Promise<T | void>, same?: (item: T) => boolean) => Promise<T | void>;
    change: (id: string, fields: Partial<T>, commit: () => Promise<T | void>) => Promise<T | void>;
    drop: (id: string, commit: () => Promise<unknown>) => Promise<void>;
    snapshot: () => unknown;
    restore: (value: any) => void;
};
