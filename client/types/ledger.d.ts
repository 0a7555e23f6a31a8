/**
 * @param {object} [options]
 * @param {number} [options.capacity] events and entities to remember
 * @param {string[]} [options.seen] what an earlier page's {@link Ledger.seen} answered
 */
export function createLedger({ capacity, seen }?: {
    capacity?: number | undefined;
    seen?: string[] | undefined;
}): {
    /**
     * Writes the event down and says what it is.
     * @param {EventMessage} message
     * @returns {Verdict}
     */
    judge(message: EventMessage): Verdict;
    /**
     * The names of the latest events, oldest first.
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
