/**
 * Whether a page must load again when the user returns.
 * @param {number} age of its state in ms
 * @returns {'focus' | 'resume' | null}
 */
export function onReturn(age: number): "focus" | "resume" | null;
/**
 * @typedef {object} Entry a loader and the age of what it loads
 * @property {number} seenAt when the state was last known to be current
 * @property {boolean} failed whether the last load failed
 * @property {boolean} loading
 * @property {number} notBefore the earliest time that the service requested after the last failure
 * @property {any} timer of a retry that waits for `notBefore`
 * @property {boolean} isLinked whether it loads a {@link State}; otherwise every event that a handler processed counts as its change
 * @property {(reason: RefreshReason) => Promise<void>} run
 */
/**
 * @param {object} parts
 * @param {(reason: RefreshReason) => void} parts.announce
 * @param {(error: unknown) => void} parts.failed called when a loader fails; it is not retried at once
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
    /** Data that is loaded from now on is complete. */
    positioned(): void;
    refresh: (reason: RefreshReason) => Promise<void>;
    /** The user looks at the page: loads outdated states. */
    returned(): void;
    /** A handler of the page processed an event. */
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
 * Runs a task at most once at a time. A call while it runs causes exactly one more run, because the current run may
 * load data from before the call.
 *
 * @template A
 * @param {(argument: A) => unknown} task must settle within a limit
 * @param {(error: unknown) => void} failed
 * @returns {(argument: A) => Promise<void>} when a run that began after the call has finished
 */
export function oneAfterTheOther<A>(task: (argument: A) => unknown, failed: (error: unknown) => void): (argument: A) => Promise<void>;
/** Age beyond which a state is loaded again when the user returns to the page (R-EV-4). */
export const OLD_AFTER: 30000;
/** Age beyond which the page counts as resumed. */
export const AWAY_AFTER: number;
/** Time after which a page loads its data without a position. */
export const POSITION_WITHIN: 5000;
/** Time limit of a load; after it the next load may begin. */
export const LOAD_WITHIN: 30000;
/**
 * a loader and the age of what it loads
 */
export type Entry = {
    /**
     * when the state was last known to be current
     */
    seenAt: number;
    /**
     * whether the last load failed
     */
    failed: boolean;
    loading: boolean;
    /**
     * the earliest time that the service requested after the last failure
     */
    notBefore: number;
    /**
     * of a retry that waits for `notBefore`
     */
    timer: any;
    /**
     * whether it loads a {@link State}; otherwise every event that a handler processed counts as its change
     */
    isLinked: boolean;
    run: (reason: RefreshReason) => Promise<void>;
};
/**
 * why a loader runs
 */
export type RefreshReason = "start" | "focus" | "resume" | "manual" | "gap" | "unreachable" | "event";
/**
 * may return a promise. If it fails with an error whose
 *     `retryAfterMs` is a number, a return to the page does not repeat it earlier
 */
export type Loader = (request: {
    reason: RefreshReason;
}) => unknown;
/**
 * the result of {@link createFreshness} for a loader: a function that stops it
 */
export type Keeping = {
    /**
     * runs the loader: for an event, no earlier than the service requested
     * after a failure; otherwise now. Never rejects
     */
    reload: (reason?: RefreshReason) => Promise<void>;
};
/**
 * a part of the page that a loader fills
 */
export type State = {
    /**
     * the running loader loads this state
     */
    loading: () => void;
    /**
     * an event changed this state
     */
    changed: () => void;
};
