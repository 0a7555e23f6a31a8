/**
 * @param {object} parts
 * @param {boolean} parts.isOn
 * @param {import('./session.js').Session} parts.session
 * @param {(reason: unknown) => void} parts.unusable called if nothing can be stored now; the next write retries
 * @param {import('./environment.js').Environment} parts.environment
 */
export function createKeeping({ isOn, session, unusable, environment }: {
    isOn: boolean;
    session: import("./session.js").Session;
    unusable: (reason: unknown) => void;
    environment: import("./environment.js").Environment;
}): {
    /** The latest events, newest last. @returns {readonly import('./messages.js').EventMessage[]} */
    events: () => readonly import("./messages.js").EventMessage[];
    /** @param {import('./messages.js').EventMessage} message */
    remember(message: import("./messages.js").EventMessage): void;
    /**
     * @param {string} name
     * @param {Source} source
     * @returns {() => void} stops it; the last state remains stored
     */
    keep(name: string, source: Source): () => void;
    /**
     * Restores the position and states of the page's previous session.
     * @param {string} name of the page and its user
     * @returns {Promise<boolean>} whether a position was found
     */
    restore(name: string): Promise<boolean>;
    /** Schedules a write after a change. */
    changed(): void;
    /** The page belongs to another user now: stops writing. */
    leave(): void;
    /** Writes pending changes, because the page may close at any moment. */
    flush(): void;
    /** Writes pending changes and then stops writing. */
    close(): void;
};
/**
 * a state of the page
 */
export type Source = {
    snapshot: () => unknown;
    restore: (value: any) => void;
};
export type Keeping = ReturnType<typeof createKeeping>;
