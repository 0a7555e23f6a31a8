/**
 * Whether a page that is looked at again must load anew.
 * @param {number} age of what it shows, in ms
 * @returns {'focus' | 'resume' | null}
 */
export function onReturn(age: number): "focus" | "resume" | null;
/**
 * @typedef {object} Entry a loader and the age of what it loads
 * @property {number} seenAt when the state was last known to be right
 * @property {boolean} failed whether the last load failed
 * @property {boolean} loading
 * @property {number} notBefore the service asked for this after the last failure
 * @property {any} timer of a repetition that waits for `notBefore`
 * @property {boolean} isLinked whether it loads a {@link State}; else any event that a handler took counts as its change
 * @property {(reason: RefreshReason) => Promise<void>} run
 */
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
    stop(): void;
    /** What is loaded from now on is complete. */
    positioned(): void;
    refresh: (reason: RefreshReason) => Promise<void>;
    /** Somebody looks at the page: loads what is out of date. */
    returned(): void;
    /** A handler of the page took an event. */
    changed(): void;
    /** @returns {State} */
    state(): State;
    /**
     * @param {Loader} load
     * @returns {Keeping & (() => void)}
     */
    keep(load: Loader): Keeping & (() => void);
};
/**
 * Runs a task at most once at a time. Asked while it runs, it runs exactly once more after that, since what it is loading
 * may be from before the asking.
 *
 * @template A
 * @param {(argument: A) => unknown} task which settles within a limit
 * @param {(error: unknown) => void} failed
 * @returns {(argument: A) => Promise<void>} when a run that began after the call is through
 */
export function oneAfterTheOther<A>(task: (argument: A) => unknown, failed: (error: unknown) => void): (argument: A) => Promise<void>;
/** Older than this when somebody returns to the page, and it is loaded anew (R-EV-4). */
export const OLD_AFTER: 30000;
/** Older than this the page was away, not just out of sight. */
export const AWAY_AFTER: number;
/** After this a page gets its data even though no position could be had. */
export const POSITION_WITHIN: 5000;
/** A load that takes longer has failed, and the next one may begin. */
export const LOAD_WITHIN: 30000;
/**
 * a loader and the age of what it loads
 */
export type Entry = {
    /**
     * when the state was last known to be right
     */
    seenAt: number;
    /**
     * whether the last load failed
     */
    failed: boolean;
    loading: boolean;
    /**
     * the service asked for this after the last failure
     */
    notBefore: number;
    /**
     * of a repetition that waits for `notBefore`
     */
    timer: any;
    /**
     * whether it loads a {@link State}; else any event that a handler took counts as its change
     */
    isLinked: boolean;
    run: (reason: RefreshReason) => Promise<void>;
};
/**
 * why a loader runs
 */
export type RefreshReason = "start" | "focus" | "resume" | "manual" | "gap" | "unreachable" | "event";
/**
 * may answer a promise. If it fails with an error whose
 *     `retryAfterMs` is a number, a return to the page does not repeat it earlier
 */
export type Loader = (request: {
    reason: RefreshReason;
}) => unknown;
/**
 * what {@link createFreshness} answers for a loader: a function that ends it
 */
export type Keeping = {
    /**
     * runs the loader: for an event, no earlier than the service asked
     * for after a failure; else now. Never rejects
     */
    reload: (reason?: RefreshReason) => Promise<void>;
};
/**
 * a part of the page that a loader fills
 */
export type State = {
    /**
     * it is being loaded, by the loader that runs
     */
    loading: () => void;
    /**
     * an event changed it
     */
    changed: () => void;
};
