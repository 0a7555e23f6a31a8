/**
 * @param {Partial<Environment>} [overrides] a feature that is set to `undefined` is treated as missing
 * @returns {Environment}
 */
export function environment(overrides?: Partial<Environment>): Environment;
/**
 * All features of the runtime that the library uses. Browsers, React Native and Node differ only here, and
 * tests replace time, randomness and network.
 *
 * Browsers can disable a feature in several ways: the global is not defined, reading it throws, or calling it throws. Each
 * feature is therefore read once, in a try block. A feature that cannot be read is `undefined` here, and `whyNot` returns the
 * reason. Nothing in this object throws, except calls of an optional feature.
 */
export type Environment = {
    WebSocket: typeof WebSocket | undefined;
    /**
     * rejects if it is missing
     */
    fetch: typeof fetch;
    /**
     * wall clock in epoch ms, for times that are displayed or sent. It may jump; durations are
     * measured by `steady`
     */
    now: () => number;
    /**
     * ms of a monotonic clock that starts at the wall clock's time
     */
    steady: () => number;
    /**
     * in [0, 1)
     */
    random: () => number;
    /**
     * null if there are no timers
     */
    setTimeout: (task: () => void, ms: number) => any;
    clearTimeout: (timer: any) => void;
    locks: LockManager | undefined;
    BroadcastChannel: typeof BroadcastChannel | undefined;
    AbortController: typeof AbortController | undefined;
    indexedDB: IDBFactory | undefined;
    signals: (hear: (signal: Signal) => void) => () => void;
    /**
     * receives exceptions of handlers
     */
    reportError: (error: unknown) => void;
    /**
     * why a feature of this object cannot be used, for display; empty if it can be used
     */
    whyNot: (feature: string) => string;
};
/**
 * `visible`: the user looks at the page. `frozen`: the browser is about to suspend the page's scripts, possibly for
 * ever.
 */
export type Signal = "visible" | "frozen" | "online" | "offline";
