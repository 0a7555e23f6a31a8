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
    /** Requests the lock, unless a request is pending. */
    queue(): void;
    /** Steals the lock and then leads, or leads without the lock if that fails. */
    take(): void;
    leadWithoutLock: () => void;
    /** Releases the lock to the next tab in the queue and continues to lead without it. */
    letOthersLead: () => void;
    /** Stops leading. */
    resign(): void;
    stop(): void;
};
/**
 * Elects the leading tab. Normally a Web Lock decides: the tab that holds it leads, and when that tab closes, the browser grants the
 * lock to the next tab in the queue. A tab takes the lock from another one by stealing it.
 *
 * Locks may be missing, fail, or never be granted. A tab that must lead then leads without the lock. That is correct, and
 * costs a separate connection.
 */
/** Time limit for stealing a lock, which is granted at once or not at all (ms). */
export const GRANT_WITHIN: 2000;
export type Leadership = ReturnType<typeof createLeadership>;
