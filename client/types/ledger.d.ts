/**
 * @param {object} [options]
 * @param {number} [options.capacity] events and entities to remember
 * @param {string[]} [options.seen] the result of an earlier page's {@link Ledger.seen}
 */
export function createLedger({ capacity, seen }?: {
    capacity?: number | undefined;
    seen?: string[] | undefined;
}): {
    /**
     * Records the event and returns its verdict.
     * @param {EventMessage} message
     * @returns {Verdict}
     */
    judge(message: EventMessage): Verdict;
    /**
     * The identities of the latest events, oldest first.
     * @param {number} most
     */
    seen(most: number): string[];
};
/** @typedef {import('./messages.js').EventMessage} EventMessage */
/** @typedef {'fresh' | 'duplicate' | 'stale'} Verdict */
export const CAPACITY: 5000;
export type Ledger = ReturnType<typeof createLedger>;
export type EventMessage = import("./messages.js").EventMessage;
export type Verdict = "fresh" | "duplicate" | "stale";
