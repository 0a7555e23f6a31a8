/**
 * @param {IDBFactory} indexedDB
 * @returns {Promise<Store>}
 */
export function openStore(indexedDB: IDBFactory): Promise<Store>;
/**
 * What a page keeps for its next start, in IndexedDB: its cursor, the names of the events it has seen, the latest events,
 * and the states it shows. All of it is written in one transaction, so a restored state and the cursor beside it always
 * belong together, and the service replays exactly what the state lacks.
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
/**
 * What a page keeps for its next start, in IndexedDB: its cursor, the names of the events it has seen, the latest events,
 * and the states it shows. All of it is written in one transaction, so a restored state and the cursor beside it always
 * belong together, and the service replays exactly what the state lacks.
 */
export type Store = {
    load: (page: string) => Promise<PageRecord | null>;
    save: (page: string, record: PageRecord) => Promise<void>;
    forget: (page: string) => Promise<void>;
    close: () => void;
};
