/**
 * @param {object} parts
 * @param {boolean} parts.isOn
 * @param {import('./session.js').Session} parts.session
 * @param {(reason: unknown) => void} parts.unusable nothing can be kept now; saving is tried again
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
     * @returns {() => void} ends it; the last state stays
     */
    keep(name: string, source: Source): () => void;
    /**
     * Continues where the page stopped the last time.
     * @param {string} name of the page and its user
     * @returns {Promise<boolean>} whether a position was found
     */
    restore(name: string): Promise<boolean>;
    /** Something changed. */
    changed(): void;
    /** The page is another user's now: nothing more is written. */
    leave(): void;
    /** Writes what is not written yet: the page may be gone in a moment. */
    flush(): void;
    /** Writes what is not written yet, and nothing after that. */
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
