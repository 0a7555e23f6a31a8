/**
 * Whether a page that is looked at again must load anew.
 * @param {number} age of what it shows, in ms
 * @returns {'focus' | 'resume' | null}
 */
export function onReturn(age: number): "focus" | "resume" | null;
/**
 * @param {object} parts
 * @param {(reason: RefreshReason) => void} parts.announce
 * @param {(error: unknown) => void} parts.failed a loader did; it is not tried again by itself
 * @param {import('./environment.js').Environment} parts.environment
 */
export function createFreshness({ announce, failed, environment }: {
    announce: (reason: RefreshReason) => void;
    failed: (error: unknown) => void;
    environment: import("./environment.js").Environment;
}): {
    /** The page waits for its position from now on. */
    start(): void;
    stop: () => void;
    /** What is loaded from now on is complete. */
    positioned(): void;
    refresh: (reason: RefreshReason) => Promise<void>;
    /**
     * @param {Loader} load
     * @returns {() => void} ends it
     */
    keep(load: Loader): () => void;
};
/**
 * Runs a task at most once at a time. Asked while it runs, it runs exactly once more after that, since what it is loading
 * may be from before the asking.
 *
 * @template A
 * @param {(argument: A) => unknown} task
 * @param {(error: unknown) => void} failed
 * @returns {(argument: A) => Promise<void>} when a run that began after the call is through
 */
export function oneAfterTheOther<A>(task: (argument: A) => unknown, failed: (error: unknown) => void): (argument: A) => Promise<void>;
/**
 * Keeps what a page shows fresh: a loader runs when the page's position is known, and again whenever events alone cannot
 * promise that the screen is right. Position first, then data: an event that falls between is then delivered, and the
 * other way round it would be lost.
 *
 * @typedef {'start' | 'focus' | 'resume' | 'manual' | 'gap' | 'unreachable'} RefreshReason why a loader runs
 * @typedef {(request: { reason: RefreshReason }) => unknown} Loader may answer a promise
 */
/** Older than this when somebody returns to the page, and it is loaded anew (R-EV-4). */
export const OLD_AFTER: 30000;
/** Older than this the page was away, not just out of sight. */
export const AWAY_AFTER: number;
/** After this a page gets its data even though no position could be had. */
export const POSITION_WITHIN: 5000;
/**
 * why a loader runs
 */
export type RefreshReason = "start" | "focus" | "resume" | "manual" | "gap" | "unreachable";
/**
 * may answer a promise
 */
export type Loader = (request: {
    reason: RefreshReason;
}) => unknown;
