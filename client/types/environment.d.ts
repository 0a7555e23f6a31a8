/**
 * @param {Partial<Environment>} [overrides] a feature that is given as `undefined` is absent
 * @returns {Environment}
 */
export function environment(overrides?: Partial<Environment>): Environment;
/**
 * Everything that the library asks of its surroundings, in one place: browsers, React Native and Node differ here only, and
 * tests bring their own time, dice and network.
 *
 * Browsers may forbid a feature in many ways: the global is not defined, reading it throws, or calling it throws. Each
 * feature is therefore read once, under a guard. One that cannot be read is `undefined` here, and `whyNot` answers the
 * reason. Nothing in this object throws, except what a caller does with an optional feature.
 */
export type Environment = {
    WebSocket: typeof WebSocket | undefined;
    /**
     * rejects where there is none
     */
    fetch: typeof fetch;
    /**
     * wall clock in epoch ms, for times that people or services read. It may jump: durations are
     * measured by `steady`
     */
    now: () => number;
    /**
     * ms of a clock that never goes back; it counts from the wall clock's time at the start
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
     * receives what a handler threw
     */
    reportError: (error: unknown) => void;
    /**
     * why a feature of this object cannot be used, for people; empty if it can
     */
    whyNot: (feature: string) => string;
};
/**
 * `visible`: somebody looks at the page. `frozen`: the browser is about to stop the page's scripts, and may never continue
 * them.
 */
export type Signal = "visible" | "frozen" | "online" | "offline";
