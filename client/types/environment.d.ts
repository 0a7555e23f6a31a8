/**
 * What the library needs of its surroundings, in one place: browsers, React Native and Node differ here only, and tests
 * bring their own time and dice.
 *
 * @typedef {object} Environment
 * @property {typeof WebSocket | undefined} WebSocket
 * @property {typeof fetch} fetch
 * @property {() => number} now epoch ms
 * @property {() => number} random in [0, 1)
 * @property {(task: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {LockManager | undefined} locks
 * @property {typeof BroadcastChannel | undefined} BroadcastChannel
 * @property {IDBFactory | undefined} indexedDB
 * @property {(hear: (signal: Signal) => void) => () => void} signals
 * @property {(error: unknown) => void} reportError for what a handler threw
 */
/** @typedef {'visible' | 'online' | 'offline'} Signal */
/**
 * @param {Partial<Environment>} [overrides]
 * @returns {Environment}
 */
export function environment(overrides?: Partial<Environment>): Environment;
/**
 * What the library needs of its surroundings, in one place: browsers, React Native and Node differ here only, and tests
 * bring their own time and dice.
 */
export type Environment = {
    WebSocket: typeof WebSocket | undefined;
    fetch: typeof fetch;
    /**
     * epoch ms
     */
    now: () => number;
    /**
     * in [0, 1)
     */
    random: () => number;
    setTimeout: (task: () => void, ms: number) => any;
    clearTimeout: (timer: any) => void;
    locks: LockManager | undefined;
    BroadcastChannel: typeof BroadcastChannel | undefined;
    indexedDB: IDBFactory | undefined;
    signals: (hear: (signal: Signal) => void) => () => void;
    /**
     * for what a handler threw
     */
    reportError: (error: unknown) => void;
};
export type Signal = "visible" | "online" | "offline";
