/** @param {Pick<import('./environment.js').Environment, 'indexedDB' | 'setTimeout' | 'clearTimeout' | 'whyNot'>} environment */
export function createStore(environment: Pick<import("./environment.js").Environment, "indexedDB" | "setTimeout" | "clearTimeout" | "whyNot">): {
    /** @param {string} page @returns {Promise<PageRecord | null>} rejects if the database cannot be used */
    load(page: string): Promise<PageRecord | null>;
    /** @param {string} page @param {PageRecord} record @returns {Promise<void>} when it is on disk */
    save(page: string, record: PageRecord): Promise<void>;
    /** @param {string} page @returns {Promise<void>} */
    forget(page: string): Promise<void>;
    close: () => void;
};
/** How long one operation may take, the opening included (ms). A page's start waits for one. */
export const STORE_WITHIN: 3000;
export type Store = ReturnType<typeof createStore>;
/**
 * What a page keeps for its next start, in IndexedDB: its cursor, the names of the events it has seen, the latest events,
 * and the states it shows. All of it is written in one transaction, so a restored state and the cursor beside it always
 * belong together, and the service replays exactly what the state lacks.
 *
 * A database may be forbidden, blocked by another tab, or fail to answer. Each operation has a time limit; after a failure
 * the next operation opens the database anew.
 */
export type PageRecord = {
    cursor: string | null;
    seen: string[];
    /**
     * newest last
     */
    events: import("./messages.js").EventMessage[];
    states: Record<string, unknown>;
    /**
     * epoch ms
     */
    savedAt: number;
};
