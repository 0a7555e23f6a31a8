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
     * `item.version` by default; without one the later wins
     */
    versionOf?: ((item: T) => number | undefined) | undefined;
};
export type Collection<T> = {
    /**
     * newest first
     */
    items: import("./observable.js").Observable<readonly T[]>;
    /**
     * as shown
     */
    get: (id: string) => T | undefined;
    /**
     * takes a confirmed thing; an unknown one appears on top
     */
    put: (item: T) => void;
    remove: (id: string, version?: number) => void;
    /**
     * replaces everything but what changed meanwhile
     */
    load: (fetch: () => Promise<readonly T[]>) => Promise<void>;
    /**
     * shows a new
     * thing until `commit` answers the real one. `same` tells if a thing that an event brings is the one that waits here
     */
    add: (item: T, commit: () => Promise<T | void>, same?: (item: T) => boolean) => Promise<T | void>;
    change: (id: string, fields: Partial<T>, commit: () => Promise<T | void>) => Promise<T | void>;
    drop: (id: string, commit: () => Promise<unknown>) => Promise<void>;
    snapshot: () => unknown;
    restore: (value: any) => void;
};
