/**
 * All features of the runtime that the library uses. Browsers, React Native and Node differ only here, and
 * tests replace time, randomness and network.
 *
 * Browsers can disable a feature in several ways: the global is not defined, reading it throws, or calling it throws. Each
 * feature is therefore read once, in a try block. A feature that cannot be read is `undefined` here, and `whyNot` returns the
 * reason. Nothing in this object throws, except calls of an optional feature.
 *
 * @typedef {object} Environment
 * @property {typeof WebSocket | undefined} WebSocket
 * @property {typeof fetch} fetch rejects if it is missing
 * @property {() => number} now wall clock in epoch ms, for times that are displayed or sent. It may jump; durations are
 *     measured by `steady`
 * @property {() => number} steady ms of a monotonic clock that starts at the wall clock's time
 * @property {() => number} random in [0, 1)
 * @property {(task: () => void, ms: number) => any} setTimeout null if there are no timers
 * @property {(timer: any) => void} clearTimeout
 * @property {LockManager | undefined} locks
 * @property {typeof BroadcastChannel | undefined} BroadcastChannel
 * @property {typeof AbortController | undefined} AbortController
 * @property {IDBFactory | undefined} indexedDB
 * @property {(hear: (signal: Signal) => void) => () => void} signals
 * @property {(error: unknown) => void} reportError receives exceptions of handlers
 * @property {(feature: string) => string} whyNot why a feature of this object cannot be used, for display; empty if it can be used
 */

import { createSteadyClock } from './steady-clock.js';

/**
 * `visible`: the user looks at the page. `frozen`: the browser is about to suspend the page's scripts, possibly for
 * ever.
 *
 * @typedef {'visible' | 'frozen' | 'online' | 'offline'} Signal
 */

/** Browsers fire a timer with a longer delay at once (ms). */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * @param {Partial<Environment>} [overrides] a feature that is set to `undefined` is treated as missing
 * @returns {Environment}
 */
export function environment(overrides = {}) {
  /** @type {Map<string, string>} */
  const reasons = new Map();
  const isPage = attempt(() => globalThis.document) !== undefined && attempt(() => globalThis.window) !== undefined;

  /** @param {keyof Environment} name @param {() => any} own */
  const read = (name, own) => {
    try {
      const value = name in overrides ? overrides[name] : own();
      if (value !== undefined && value !== null) {
        return value;
      }
      reasons.set(name, 'this browser does not offer it');
    } catch (error) {
      reasons.set(name, String(error));
    }
    return undefined;
  };

  const startTimer = read('setTimeout', () => globalThis.setTimeout && ((/** @type {[any, any]} */ ...timer) => globalThis.setTimeout(...timer)));
  const stopTimer = read('clearTimeout', () => (/** @type {any} */ timer) => globalThis.clearTimeout(timer));
  const wallClock = read('now', () => () => Date.now());
  const runningClock = read('steady', () => () => globalThis.performance.now());
  const fetchIt = read('fetch', () => globalThis.fetch && ((/** @type {[any, any]} */ ...request) => globalThis.fetch(...request)));
  const dice = read('random', () => () => Math.random());
  const listen = read('signals', () => (isPage ? pageSignals : () => () => {}));
  const report = read('reportError', () => (/** @type {unknown} */ error) => console.error(error));
  const now = () => finite(attempt(() => wallClock()));
  const clock = createSteadyClock(now, () => finite(attempt(() => runningClock())));

  return {
    WebSocket: read('WebSocket', () => globalThis.WebSocket),
    fetch: async (input, init) => fetchIt(input, init),
    now: () => now() ?? clock.now(),
    steady: clock.now,
    random: () => finite(attempt(() => dice())) ?? Math.random(),
    setTimeout(task, ms) {
      const delay = Math.min(Math.max(ms, 0), LONGEST_TIMER);
      const due = clock.now() + delay;
      try {
        return startTimer(() => {
          clock.isAtLeast(due);
          task();
        }, delay);
      } catch (error) {
        reasons.set('setTimeout', reasons.get('setTimeout') ?? String(error));
        return null;
      }
    },
    clearTimeout: (timer) => void attempt(() => stopTimer(timer)),
    // Only pages share a connection. Node has both features, but they would connect unrelated threads.
    locks: read('locks', () => (isPage ? navigator.locks : undefined)),
    BroadcastChannel: read('BroadcastChannel', () => (isPage ? globalThis.BroadcastChannel : undefined)),
    AbortController: read('AbortController', () => globalThis.AbortController),
    indexedDB: read('indexedDB', () => globalThis.indexedDB),
    signals: (hear) => attempt(() => listen(hear)) ?? (() => {}),
    reportError: (error) => void attempt(() => report(error)),
    whyNot: (feature) => reasons.get(feature) ?? '',
  };
}

/** @template T @param {() => T} read @returns {T | undefined} undefined if it throws */
function attempt(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** @param {number | undefined} value */
function finite(value) {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** @param {(signal: Signal) => void} hear */
function pageSignals(hear) {
  const visible = () => {
    if (attempt(() => document.visibilityState) !== 'hidden') {
      hear('visible');
    }
  };
  const frozen = () => hear('frozen');
  const online = () => hear('online');
  const offline = () => hear('offline');
  /** @type {[EventTarget, string, (event: any) => void][]} */
  const listeners = [
    [window, 'online', online],
    [window, 'offline', offline],
    [window, 'focus', visible],
    [window, 'pageshow', visible],
    // Into the back/forward cache.
    [window, 'pagehide', ({ persisted }) => persisted && frozen()],
    [document, 'visibilitychange', visible],
    [document, 'freeze', frozen],
    [document, 'resume', visible],
  ];
  listeners.forEach(([target, name, listener]) => attempt(() => target.addEventListener(name, listener)));
  if (attempt(() => navigator.onLine) === false) {
    hear('offline');
  }
  return () => listeners.forEach(([target, name, listener]) => attempt(() => target.removeEventListener(name, listener)));
}
