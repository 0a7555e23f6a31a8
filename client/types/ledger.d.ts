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
/**
 * Decides for each event whether it may have an effect: once, and never an older state over a newer one.
 *
 * - An event is known by (`source`, `id`). A second one of the same name is a duplicate.
 * - Payloads of an entity carry a `version` that grows with each change. An event with a version that is not above the one
 *   seen is stale: all it has to say was said by a newer one. `order:created` is never stale, since it alone carries the
 *   whole order; whoever keeps a list merges it.
 *
 * Memory is bounded; the oldest entries are forgotten first. One ledger per page, called from its event handlers.
 */
/** @typedef {import('./messages.js').EventMessage} EventMessage */
/** @typedef {'fresh' | 'duplicate' | 'stale'} Verdict */
export const CAPACITY: 5000;
export type Ledger = ReturnType<typeof createLedger>;
export type EventMessage = import("./messages.js").EventMessage;
export type Verdict = "fresh" | "duplicate" | "stale";
