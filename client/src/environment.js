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
export function environment(overrides = {}) {
  const isPage = typeof document !== 'undefined' && typeof window !== 'undefined';
  return {
    WebSocket: globalThis.WebSocket,
    fetch: (input, init) => globalThis.fetch(input, init),
    now: () => Date.now(),
    random: () => Math.random(),
    setTimeout: (task, ms) => globalThis.setTimeout(task, ms),
    clearTimeout: (timer) => globalThis.clearTimeout(timer),
    // Outside of pages nobody shares: Node has both, and they would join unrelated processes' threads.
    locks: isPage ? navigator.locks : undefined,
    BroadcastChannel: isPage ? globalThis.BroadcastChannel : undefined,
    indexedDB: globalThis.indexedDB,
    signals: isPage ? pageSignals : () => () => {},
    reportError: (error) => console.error(error),
    ...overrides,
  };
}

/** @param {(signal: Signal) => void} hear */
function pageSignals(hear) {
  const visible = () => {
    if (document.visibilityState !== 'hidden') {
      hear('visible');
    }
  };
  const online = () => hear('online');
  const offline = () => hear('offline');
  /** @type {[EventTarget, string, () => void][]} */
  const listeners = [
    [window, 'online', online],
    [window, 'offline', offline],
    [window, 'focus', visible],
    [window, 'pageshow', visible],
    [document, 'visibilitychange', visible],
    [document, 'resume', visible],
  ];
  listeners.forEach(([target, name, listener]) => target.addEventListener(name, listener));
  return () => listeners.forEach(([target, name, listener]) => target.removeEventListener(name, listener));
}
