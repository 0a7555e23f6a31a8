/**
 * @param {object} parts
 * @param {string} parts.name
 * @param {() => void} parts.lead this tab leads from now on
 * @param {() => void} parts.lost another tab took the lock
 * @param {(error: unknown) => void} parts.unusable locks cannot be used
 * @param {import('./environment.js').Environment} parts.environment
 */
export function createLeadership({ name, lead, lost, unusable, environment }: {
    name: string;
    lead: () => void;
    lost: () => void;
    unusable: (error: unknown) => void;
    environment: import("./environment.js").Environment;
}): {
    leads: () => boolean;
    holdsLock: () => boolean;
    /** Waits for the lock, unless that is being done. */
    queue(): void;
    /** Leads as soon as the lock is taken from the tab that holds it, or without it if that does not happen. */
    take(): void;
    leadWithoutLock: () => void;
    /** Gives the lock to the next tab in the queue, and goes on leading without it. */
    letOthersLead: () => void;
    /** Leads no longer. */
    resign(): void;
    stop(): void;
};
/**
 * Which tab leads. Normally a Web Lock decides: the tab that holds it leads, and when that tab closes, the browser gives the
 * lock to the next one in the queue. A tab takes the lock from another one by stealing it.
 *
 * Locks may be absent, refuse, or never be granted. A tab that has to lead then leads without the lock: that is right, and
 * costs a connection of its own.
 */
/** A lock that is taken from another tab is granted at once, or not at all (ms). */
export const GRANT_WITHIN: 2000;
export type Leadership = ReturnType<typeof createLeadership>;
